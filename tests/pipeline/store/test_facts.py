import pytest

from pipeline.store.duplicates import save_duplicates
from pipeline.store.facts import load_originals, load_seen, load_shown
from pipeline.store.records import load_register


def test_facts_are_what_the_records_say(store, save):
    save(members=26, date="2025-07-17", subject="fish")
    row = load_register(store)[0]
    with store.begin() as connection:
        (seen,) = load_seen(connection, [row.id])[row.id]
        shown = load_shown(connection, [seen.agreement_id, "ag-none"])
    agreement = shown[seen.agreement_id].agreement
    same = ("label", "kind", "name", "status", "date", "subject", "confidence")
    assert {name: getattr(seen, name) for name in same} == agreement.model_dump(include=set(same))
    assert [tuple(each) for each in seen.acts] == [(a.act, a.polarity, a.basis, a.date) for a in agreement.acts]
    assert [(each.entity, each.role) for each in seen.parties] == [(p.entity, p.role) for p in agreement.parties]
    assert (seen.figures, seen.aliases, seen.due) == ([("members", None, 26.0)], [], [])
    assert len(shown) == 1


@pytest.mark.parametrize(("asked", "count"), [((0, 1), 1), ((0, 2), 1), ((1, 2), 1), ((0, 3), 2)])
def test_copies_are_followed_through_articles_that_are_not_asked_for(store, save, asked, count):
    ids = [save(f"/{number}.txt", text=f"Kestrel {number}. Norland.")[0].id for number in range(4)]
    pairs = [(ids[1], ids[0]), (ids[2], ids[1])]
    chosen = [ids[each] for each in asked]
    with store.begin() as connection:
        save_duplicates(connection, [{"article_id": a, "other_id": b, "kind": "copy", "score": 1.0} for a, b in pairs])
        assert load_originals(connection, chosen).count(chosen) == count
