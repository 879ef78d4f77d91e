import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.errors import InputError, NotFoundError, StoreError
from pipeline.store.decisions import decide, load_decision, load_decisions, load_undone, note_decided
from pipeline.store.filters import DecisionFilter
from pipeline.store.standing import load_standing


@pytest.fixture
def ids(save, store):
    """The ids of an agreement, a claim and an entity in the store, and of the agreement's row."""
    save()
    with store.begin() as connection:
        found = connection.execute(
            text(
                "SELECT id FROM agreement UNION SELECT id FROM claim UNION SELECT id FROM entity UNION SELECT row_id FROM link"
            )
        )
        return {each[:2]: each for each in found.scalars()}


def new(record_id, action="accept", **facts):
    return NewDecision(**({"who": "ana", "record_id": record_id, "action": action} | facts))


def test_a_decision_says_what_it_was_made_on(store, ids):
    before = datetime.now(UTC)
    made = decide(store, new(ids["ag"], "correct", field="status", value="agreed", batch="b1")).decision
    assert made.when >= before
    assert (made.record_id, made.before, made.after, made.extracted) == (ids["ag"], "signed", "agreed", "signed")
    assert (made.kind, made.extractor, made.batch) == ("treaty", "f1", "b1")
    assert made.article_id.startswith("ar-")
    assert made.quote.startswith("Norland and Sudland")
    assert len(made.text_sha256) == 64
    again = decide(store, new(ids["ag"], "correct", field="status", value="in_force", quote="signed")).decision
    assert (again.before, again.extracted, again.quote) == ("agreed", "signed", "signed")


@pytest.mark.parametrize("prefix", ["ag", "cl", "en", "rw"])
@pytest.mark.parametrize("action", ["accept", "reject", "unsure"])
def test_every_sort_of_record_can_be_reviewed(store, ids, prefix, action):
    made = decide(store, new(ids[prefix], action)).decision
    with store.begin() as connection:
        standing = load_standing(connection, [ids[prefix]])[ids[prefix]]
    assert standing.review == action
    assert standing.decision == made.number
    assert decide(store, new(ids[prefix], "unsure")).decision.before == action


def test_the_beginning_of_an_id_is_enough(store, ids):
    assert decide(store, new(ids["ag"][:12])).decision.record_id == ids["ag"]


@pytest.mark.parametrize(
    ("record_id", "facts", "error", "said"),
    [
        ("ag-000000", {}, NotFoundError, "Nothing bears"),
        ("ag-0", {}, InputError, "too short"),
        ("th-000000", {}, NotFoundError, "Nothing bears"),
        ("ar-000000", {}, InputError, "nothing to decide on"),
        ("ag", {"action": "correct", "value": "x"}, InputError, "which field"),
        ("ag", {"action": "correct", "field": "status", "value": "singed"}, InputError, "singed"),
        ("ag", {"field": "rule"}, InputError, "no field rule"),
        ("ag", {"action": "note", "value": " "}, InputError, "a text of at most"),
        ("ag", {"action": "merge"}, InputError, "no decision on a single record"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_nothing(store, ids, record_id, facts, error, said):
    with pytest.raises(error, match=said):
        decide(store, new(ids.get(record_id, record_id), **facts))
    assert load_decisions(store) == []


def test_a_note_changes_nothing_that_is_in_force(store, ids):
    made = decide(store, new(ids["cl"], "note", value=" Who says so? ")).decision
    assert made.after == "Who says so?"
    with store.begin() as connection:
        standing = load_standing(connection, [ids["cl"]])[ids["cl"]]
    assert (standing.review, standing.fields, standing.decision) == (None, {}, made.number)


def test_of_two_at_once_both_are_kept_and_the_second_is_told(store, ids):
    first = decide(store, new(ids["ag"], "accept", expected=0))
    second = decide(store, new(ids["ag"], "reject", who="ben", expected=0))
    assert first.unseen == ()
    assert [each.number for each in second.unseen] == [first.decision.number]
    seen = decide(store, new(ids["ag"], "accept", expected=second.decision.number))
    assert seen.unseen == ()
    assert [each.action for each in load_decisions(store)] == ["accept", "reject", "accept"]


def test_many_at_once_wait_for_each_other(store, ids):
    told, errors = [], []

    def run(who):
        try:
            told.append(len(decide(store, new(ids["ag"], "accept", who=who, expected=0)).unseen))
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(f"w{number}",)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert errors == []
    assert sorted(told) == [0, 1, 2, 3]


def test_decisions_are_found_by_who_batch_and_record(store, ids):
    one = decide(store, new(ids["ag"], batch="b1")).decision
    two = decide(store, new(ids["cl"], who="ben", batch="b1")).decision
    three = decide(store, new(ids["cl"], "reject")).decision
    assert load_decisions(store) == [one, two, three]
    assert load_decisions(store, DecisionFilter(limit=2)) == [two, three]
    assert load_decisions(store, DecisionFilter(who="ben")) == [two]
    assert load_decisions(store, DecisionFilter(batch="b1")) == [one, two]
    assert load_decisions(store, DecisionFilter(record_id=ids["cl"])) == [two, three]
    assert load_decisions(store, DecisionFilter(is_orphaned=True)) == []
    assert load_decisions(store, DecisionFilter(is_reopened=True)) == []
    with store.begin() as connection:
        assert load_decision(connection, two.number) == two
        assert load_undone(connection, [one.number]) == set()
        with pytest.raises(NotFoundError, match="no decision 999"):
            load_decision(connection, 999)


def test_an_article_with_decisions_is_remembered_once(store):
    with store.begin() as connection:
        note_decided(connection, ["ar-1"])
        note_decided(connection, ["ar-1"])
        assert connection.execute(text("SELECT article_id, is_stale FROM decided_article")).all() == [("ar-1", False)]


@pytest.mark.parametrize("query", ["UPDATE decision SET who = 'eve'", "DELETE FROM decision"])
def test_the_database_itself_refuses_to_change_one(store, ids, query):
    made = decide(store, new(ids["ag"])).decision
    with pytest.raises(StoreError, match="only added, never changed"), store.begin() as connection:
        connection.execute(text(query))
    assert load_decisions(store) == [made]
