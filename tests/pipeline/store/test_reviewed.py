import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide
from pipeline.store.queue import load_queue
from pipeline.store.reviewed import stream_rejected, stream_reviewed
from pipeline.store.undo import undo


def put(store, record_id, action, **facts):
    return decide(store, NewDecision(who="ana", record_id=record_id, action=action, **facts)).decision


@pytest.fixture
def two(store, save, monkeypatch):
    """Two articles of an agreement and a claim each; their ids with those of their records."""
    monkeypatch.setattr("pipeline.store.reviewed._BATCH", 1)  # pages follow each other
    text = 'Norland and Westia left. Mara Lind said it "changes everything".'
    made = [save()[0], save("https://b.example/2", text=text, name="Linden Pact", parties=("Norland", "Westia"))[0]]
    items = load_queue(store)
    return {each.id: [item.id for item in items if item.article_id == each.id] for each in made}


def ids(found):
    return [each.article.id for each in found]


def test_an_article_is_reviewed_when_nothing_in_it_is_open(store, two):
    one, other = two
    put(store, two[one][0], "accept")
    assert ids(stream_reviewed(store)) == []
    last = put(store, two[one][1], "reject")
    (found,) = stream_reviewed(store)
    assert found.article.id == one
    assert {key: held.review for key, held in found.standing.items()} == {two[one][0]: "accept", two[one][1]: "reject"}
    for each in two[other]:
        put(store, each, "accept")
    assert ids(stream_reviewed(store)) == sorted(two)
    undo(store, last.number, who="ana")
    assert ids(stream_reviewed(store)) == [other]


@pytest.mark.parametrize("action", ["unsure", "correct"])
def test_what_is_unsure_or_only_corrected_is_not_settled(store, two, action):
    one = next(iter(two))
    first = next(each for each in two[one] if each.startswith("ag-"))
    facts = {"field": "status", "value": "agreed"} if action == "correct" else {}
    for each in two[one]:
        put(store, each, *([action] if each == first else ["accept"]), **(facts if each == first else {}))
    assert ids(stream_reviewed(store)) == []


def test_articles_of_rejected_records_are_found(store, two):
    one = next(iter(two))
    assert ids(stream_rejected(store)) == []
    put(store, two[one][0], "reject")
    assert ids(stream_rejected(store)) == [one]
