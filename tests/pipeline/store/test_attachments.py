import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.store.attachments import (
    attach_rows,
    load_decided,
    load_open,
    load_stale,
    save_attachments,
    save_reopened,
    settle,
)
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.filters import DecisionFilter
from pipeline.store.standing import load_standing
from pipeline.store.undo import undo

TEXT = "Norland and Sudland signed the {name} on 17 July 2025. It pleased them."


@pytest.fixture
def save_one(save):
    def save_named(name="Kestrel Treaty", **facts):
        return save("https://a.example/1", text=TEXT.format(name=name), name=name, **facts)[0]

    return save_named


def find(store, query="SELECT max(id) FROM agreement"):
    with store.begin() as connection:
        return connection.execute(text(query)).scalar()


def review(store, record_id, action="accept", **facts):
    return decide(store, NewDecision(who="ana", record_id=record_id, action=action, **facts)).decision


def test_an_article_that_nobody_decided_on_is_never_looked_at(store, save_one):
    save_one()
    save_one("Linden Pact")
    assert load_stale(store, limit=10) == []


def test_an_article_is_stale_once_it_was_saved_anew(store, save_one):
    article = save_one()
    review(store, find(store))
    save_one()  # the same again
    assert load_stale(store, limit=10) == []
    save_one("Linden Pact")
    assert load_stale(store, limit=10) == [article.id]
    with store.begin() as connection:
        settle(connection, load_decided(connection, article.id))
    assert load_stale(store, limit=10) == []


def test_what_is_gone_is_known_by_its_words_and_what_stood_beside_it(store, save_one, make):
    both = lambda article: (make.agreement(article), make.agreement(article, "Linden Pact"))  # noqa: E731
    article = save_one(agreements=both)
    old = find(store, "SELECT id FROM agreement WHERE name = 'Kestrel Treaty'")
    other = find(store, "SELECT id FROM agreement WHERE name = 'Linden Pact'")
    review(store, old, quote="signed the Kestrel Treaty")
    save_one("Moor Accord")
    with store.begin() as connection:
        decided = load_decided(connection, article.id)
    [gone] = decided.gone
    assert (gone.record_id, gone.kind, gone.companions) == (old, "treaty", {other})
    assert "signed the Kestrel Treaty" in gone.quotes
    assert [each.kind for each in decided.present if each.record_id.startswith("ag-")] == ["treaty"]


def test_a_decision_is_taken_over_orphaned_and_back(store, save_one):
    article = save_one()
    old = find(store)
    made = review(store, old, "correct", field="status", value="agreed")
    save_one("Linden Pact")
    new = find(store, "SELECT id FROM agreement WHERE name = 'Linden Pact'")
    for attachments, stands_at, orphans in (({old: new}, new, []), ({old: None}, old, [made])):
        with store.begin() as connection:
            decided = load_decided(connection, article.id)
            save_attachments(connection, decided, attachments)
            settle(connection, decided)
            assert load_standing(connection, [stands_at])[stands_at].fields == {"status": "agreed"}
        assert load_decisions(store, DecisionFilter(is_orphaned=True)) == orphans
    save_one()  # the first text again: the record is back
    with store.begin() as connection:
        decided = load_decided(connection, article.id)
        assert decided.gone == ()
        save_attachments(connection, decided, {})
        settle(connection, decided)
        assert load_standing(connection, [old])[old].fields == {"status": "agreed"}
    assert load_decisions(store, DecisionFilter(is_orphaned=True)) == []


def test_what_is_open_again_is_shown_until_somebody_looks(store, save_one):
    save_one()
    old = find(store)
    made = review(store, old)
    with store.begin() as connection:
        assert load_open(connection, [old]) == [made]
        save_reopened(connection, {made.number: True})
        settle(connection, load_decided(connection, made.article_id))
        assert load_standing(connection, [old])[old].is_reopened
    assert load_decisions(store, DecisionFilter(is_reopened=True)) == [made]
    again = review(store, old)
    assert load_decisions(store, DecisionFilter(is_reopened=True)) == []
    undo(store, again.number, who="ana")
    with store.begin() as connection:
        assert [each.number for each in load_open(connection, [old])] == [made.number, again.number + 1]
        save_reopened(connection, {made.number: False})
        settle(connection, load_decided(connection, made.article_id))
        assert not load_standing(connection, [old])[old].is_reopened


def test_decisions_on_a_row_follow_it(store, save_one):
    save_one()
    row = find(store, "SELECT row_id FROM link")
    review(store, row, "reject")
    with store.begin() as connection:
        attach_rows(connection, {row: "rw-new", "rw-other": "rw-new"})
        assert load_standing(connection, ["rw-new"])["rw-new"].review == "reject"
        attach_rows(connection, {"rw-new": "rw-newer"})  # and further, with the row it came to
        assert load_standing(connection, ["rw-newer"])["rw-newer"].review == "reject"
        attach_rows(connection, {row: None})
        assert load_standing(connection, [row])[row].review == "reject"
        assert load_standing(connection, ["rw-new"]) == {}
