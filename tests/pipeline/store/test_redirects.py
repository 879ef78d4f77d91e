import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide
from pipeline.store.links import resolve_row
from pipeline.store.records import load_register
from pipeline.store.redirects import redirect_emptied, reopen_rows
from pipeline.store.standing import load_standing
from tests.pipeline.store.conftest import link_by_hand


@pytest.fixture
def moved(store, save):
    """A row that was rejected before all of it moved to another; both ids and what moved."""
    save()
    (row,) = load_register(store)
    decide(store, NewDecision(who="ana", record_id=row.id, action="reject"))
    agreement_id = row.observations[0].agreement_id
    link_by_hand(store, {agreement_id: "rw-2"})
    return row.id, "rw-2", agreement_id


def review(store, row_id):
    with store.begin() as connection:
        found = load_standing(connection, [row_id]).get(row_id)
    return found and found.review


@pytest.mark.parametrize(("by_person", "there"), [(True, "reject"), (False, None)], ids=["person", "linking"])
def test_an_empty_row_leads_on_and_a_person_takes_decisions_along(store, moved, by_person, there):
    old, new, agreement_id = moved
    with store.begin() as connection:
        redirect_emptied(connection, {old: new}, by_person={old} if by_person else ())
        assert resolve_row(connection, old) == new
    assert review(store, new) == there
    link_by_hand(store, {agreement_id: old})  # it is back
    with store.begin() as connection:
        assert resolve_row(connection, old) == old
    assert (review(store, old), review(store, new)) == ("reject", None)


def test_a_row_that_something_stands_in_leads_nowhere(store, moved):
    old, new, _ = moved
    with store.begin() as connection:
        redirect_emptied(connection, {new: old, old: old})
        assert (resolve_row(connection, new), resolve_row(connection, old)) == (new, old)
        reopen_rows(connection, [new])
        assert resolve_row(connection, new) == new


def test_every_redirect_is_one_step(store, moved):
    old, new, agreement_id = moved
    with store.begin() as connection:
        redirect_emptied(connection, {old: new})
    link_by_hand(store, {agreement_id: "rw-3"})
    with store.begin() as connection:
        redirect_emptied(connection, {new: "rw-3"})
        assert resolve_row(connection, old) == resolve_row(connection, new) == "rw-3"
