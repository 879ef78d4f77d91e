from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide
from pipeline.store.progress import load_progress
from pipeline.store.queue import load_queue
from pipeline.store.undo import undo


def test_what_is_decided_and_by_whom_is_counted(store, save):
    save()
    save("https://a.example/2", text="Norland joined the Harbour Deal.", name="Harbour Deal", parties=("Norland",))
    first, second, _ = load_queue(store)
    made = decide(store, NewDecision(who="ana", record_id=first.id, action="accept")).decision
    decide(store, NewDecision(who="ben", record_id=second.id, action="unsure"))
    agreements, claims, rows = load_progress(store).items
    assert [each.kind for each in (agreements, claims, rows)] == ["agreement", "claim", "row"]
    assert agreements.open + claims.open == 1
    assert agreements.accepted + claims.accepted == agreements.unsure + claims.unsure == 1
    undo(store, made.number, who="ana")
    found = load_progress(store)
    assert sum(each.open for each in found.items) == 2
    assert [(each.who, each.today, each.in_all, each.undone_today) for each in found.people] == [
        ("ana", 1, 1, 1),
        ("ben", 1, 1, 0),
    ]


def test_counting_ends_somewhere(store, save, make):
    save(agreements=lambda article: tuple(make.agreement(article, f"Deal {n}") for n in range(4)))
    agreements = load_progress(store, most=2).items[0]
    assert (agreements.open, agreements.is_more) == (2, True)
