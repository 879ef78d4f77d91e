from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decisions import Decision, NewDecision, find_in_force, find_superseding, find_undone

AT = datetime(2025, 7, 18, tzinfo=UTC)


def decision(number, action, field=None, after=None):
    return Decision(number=number, who="ana", when=AT, record_id="ag-1", field=field, action=action, after=after)


def test_a_decision_is_read_from_its_stored_words():
    assert decision(1, "accept").action == "accept"
    with pytest.raises(ValueError, match="forget"):
        decision(1, "forget")
    with pytest.raises(ValueError, match="who"):
        NewDecision(who="", record_id="ag-1", action="accept")


@pytest.mark.parametrize(
    ("undos", "undone"),
    [
        ({}, set()),
        ({2: 1}, {1}),
        ({2: 1, 3: 2}, {2}),  # 1 is back
        ({2: 1, 3: 2, 4: 3}, {1, 3}),
        ({2: 1, 3: 2, 5: 1}, {1, 2}),  # undone, brought back, undone again
        ({3: 1, 4: 2}, {1, 2}),
    ],
)
def test_an_undo_of_an_undo_brings_back(undos, undone):
    assert find_undone(undos) == undone


@given(st.integers(1, 30))
def test_a_chain_of_undos_is_in_turn_undone_and_in_force(length):
    undos = {number: number - 1 for number in range(2, length + 1)}
    assert (1 in find_undone(undos)) == (length % 2 == 0)


@pytest.mark.parametrize(
    ("log", "held"),
    [
        ([], []),
        ([(1, "accept")], [(None, "accept", 1)]),
        ([(1, "accept"), (2, "reject")], [(None, "reject", 2)]),
        ([(1, "accept"), (2, "accept", "status")], [(None, "accept", 1), ("status", "accept", 2)]),
        ([(1, "correct", "status", "signed"), (2, "correct", "status", "agreed")], [("status", "correct", 2)]),
        # A correction is of another value than the one that was reviewed before; a review after it is of the corrected one.
        ([(1, "reject", "status"), (2, "correct", "status", "agreed")], [("status", "correct", 2)]),
        (
            [(1, "correct", "status", "agreed"), (2, "accept", "status")],
            [("status", "correct", 1), ("status", "accept", 2)],
        ),
        ([(1, "note", None, "who says so?"), (2, "create"), (3, "merge"), (4, "split")], []),
        ([(2, "reject"), (1, "accept")], [(None, "reject", 2)]),  # in whatever order they come
    ],
)
def test_the_newest_of_a_slot_holds(log, held):
    found = find_in_force([decision(*each) for each in log])
    assert [(each.field, each.action, each.decision) for each in found] == held


@pytest.mark.parametrize(
    ("reopened", "open_again"),
    [({1}, []), ({2}, [2]), ({1, 2}, [2]), ({3}, [3]), (set(), [])],
)
def test_what_is_open_again_is_closed_by_whoever_looks_at_the_field_anew(reopened, open_again):
    log = [decision(1, "correct", "status", "signed"), decision(2, "accept", "status"), decision(3, "accept")]
    found = find_in_force(log, reopened=reopened)
    assert [each.decision for each in found if each.is_reopened] == open_again


@pytest.mark.parametrize(
    ("made", "later", "taker"),
    [
        ((1, "accept"), [], None),
        ((1, "accept"), [(2, "reject")], 2),
        ((1, "accept"), [(2, "reject", "status")], None),
        ((1, "accept", "status"), [(2, "correct", "status", "x")], 2),
        ((1, "correct", "status", "x"), [(2, "accept", "status")], None),
        ((1, "correct", "status", "x"), [(2, "correct", "status", "y"), (3, "correct", "status", "z")], 3),
        ((3, "accept"), [(2, "reject")], None),
        ((1, "note", None, "x"), [(2, "note", None, "y")], None),
    ],
)
def test_what_was_decided_anew_is_superseded(made, later, taker):
    found = find_superseding(decision(*made), [decision(*each) for each in later])
    assert (found and found.number) == taker
