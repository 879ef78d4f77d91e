import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.errors import InputError, NotFoundError
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.entries import NewEntry, create
from pipeline.store.own import load_own
from pipeline.store.standing import load_standing
from pipeline.store.undo import undo, undo_batch


@pytest.fixture
def agreement_id(save, store):
    save()
    with store.begin() as connection:
        return connection.execute(text("SELECT id FROM agreement")).scalar()


@pytest.fixture
def make_decision(store, agreement_id):
    def make_one(action="accept", **facts):
        return decide(
            store, NewDecision(**({"who": "ana", "record_id": agreement_id, "action": action} | facts))
        ).decision

    return make_one


@pytest.fixture
def standing(store, agreement_id):
    def load():
        with store.begin() as connection:
            return load_standing(connection, [agreement_id])[agreement_id]

    return load


def test_what_was_before_is_in_force_again(store, make_decision, standing):
    make_decision("correct", field="status", value="agreed")
    second = make_decision("correct", field="status", value="in_force")
    [made] = undo(store, second.number, who="ben").made
    assert (made.undoes, made.who, made.field, made.before, made.after) == (
        second.number,
        "ben",
        "status",
        "in_force",
        "agreed",
    )
    assert standing().fields == {"status": "agreed"}
    assert standing().decision == made.number


def test_an_undo_is_undone_and_so_on(store, make_decision, standing):
    number = make_decision("reject").number
    for review in (None, "reject", None, "reject"):
        number = undo(store, number, who="ana").made[0].number
        assert standing().review == review


@pytest.mark.parametrize("at", [0, 1])
def test_what_is_undone_is_not_undone_again(store, make_decision, at):
    first = make_decision().number
    numbers = [first, undo(store, first, who="ana").made[0].number]
    if at:
        undo(store, numbers[1], who="ana")
    with pytest.raises(InputError, match=f"undone already, by decision {numbers[at] + 1}"):
        undo(store, numbers[at], who="ana")


def test_what_was_decided_anew_is_undone_first(store, make_decision, standing):
    first, second = make_decision("accept").number, make_decision("reject").number
    with pytest.raises(InputError, match=f"decision {second} took its place"):
        undo(store, first, who="ana")
    undo(store, second, who="ana")
    undo(store, first, who="ana")
    assert standing().review is None


def test_a_batch_is_undone_whole_but_for_what_was_decided_anew(store, make_decision, standing):
    made = [
        make_decision("correct", field="status", value="agreed", batch="b1"),
        make_decision("correct", field="date", value="2025", batch="b1"),
        make_decision("accept", batch="b1"),
    ]
    later = make_decision("reject")
    done = undo_batch(store, "b1", who="ben")
    assert [each.undoes for each in done.made] == [made[1].number, made[0].number]
    assert list(done.left) == [made[2].number]
    assert f"decision {later.number}" in done.left[made[2].number]
    assert (standing().fields, standing().review) == ({}, "reject")
    with pytest.raises(InputError, match="Nothing of batch b1 is left"):
        undo_batch(store, "b1", who="ben")


@pytest.mark.parametrize(("function", "what"), [(undo, 7), (undo_batch, "b7")])
def test_what_is_not_there_cannot_be_undone(store, function, what):
    with pytest.raises(NotFoundError, match="7"):
        function(store, what, who="ana")


def test_an_entry_that_is_undone_is_withdrawn_and_can_come_back(store):
    made = create(store, NewEntry(who="ana", values={"name": "Linden Pact", "kind": "treaty"}))
    undone = undo(store, made.number, who="ana").made[0]
    with store.begin() as connection:
        assert load_own(connection, [made.record_id]) == []
    undo(store, undone.number, who="ana")
    with store.begin() as connection:
        assert [each.name for each in load_own(connection, [made.record_id])] == ["Linden Pact"]
    assert [each.action for each in load_decisions(store)] == ["create", "undo", "undo"]
