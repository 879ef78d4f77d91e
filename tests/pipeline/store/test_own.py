import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide
from pipeline.store.entries import NewEntry, create
from pipeline.store.own import (
    load_own,
    load_unlinked_own,
    load_withdrawn,
    mark_own_linked,
    refresh_own,
    save_imported,
    withdraw_own,
)

VALUES = {
    "name": "Linden Pact",
    "kind": "treaty",
    "status": "signed",
    "date": "2025-07",
    "parties": [{"entity": "Norland", "role": "lead"}],
    "figures": [{"name": "members", "value": 26}],
}


@pytest.fixture
def own_id(store):
    return create(
        store, NewEntry(who="ana", values=VALUES, source="a call", url="https://a.example", quote="we agreed")
    ).record_id


def load(store, *ids):
    with store.begin() as connection:
        return load_own(connection, ids)


def test_an_own_observation_says_whose_it_is(store, own_id):
    [own] = load(store, own_id, "ow-unknown")
    assert (own.id, own.origin, own.who) == (own_id, "person", "ana")
    assert (own.source, own.url, own.quote) == ("a call", "https://a.example", "we agreed")
    assert (own.name, own.label, own.status, own.date) == ("Linden Pact", "Linden Pact", "signed", "2025-07")
    assert own.parties[0].role == "lead"
    assert own.figures[0].value == 26


def test_a_correction_lies_over_what_was_entered(store, own_id):
    with store.begin() as connection:
        mark_own_linked(connection, [own_id])
        assert load_unlinked_own(connection, limit=10) == []
    decide(store, NewDecision(who="ben", record_id=own_id, action="correct", field="status", value="in_force"))
    [own] = load(store, own_id)
    assert (own.status, own.who) == ("in_force", "ana")
    with store.begin() as connection:
        assert load_unlinked_own(connection, limit=10) == [own]  # it may belong elsewhere now
        mark_own_linked(connection, [own_id])
        refresh_own(connection, [own_id])
        assert load_unlinked_own(connection, limit=10) == []  # nothing has changed


def test_what_is_withdrawn_is_nowhere_and_can_come_back(store, own_id):
    with store.begin() as connection:
        assert withdraw_own(connection, own_id, is_withdrawn=True) == set()
        assert load_own(connection, [own_id]) == load_unlinked_own(connection, limit=10) == []
        assert load_withdrawn(connection, limit=10) == [own_id]  # for linking to take out of its row
        withdraw_own(connection, own_id, is_withdrawn=False)
        assert [each.id for each in load_unlinked_own(connection, limit=10)] == [own_id]


def test_those_that_came_first_are_linked_first(store, own_id):
    second = create(store, NewEntry(who="ana", values=VALUES | {"name": "Moor Accord"})).record_id
    with store.begin() as connection:
        assert [each.id for each in load_unlinked_own(connection, limit=10)] == [own_id, second]
        assert [each.id for each in load_unlinked_own(connection, limit=1)] == [own_id]


def test_what_an_import_says_changes_nothing_by_itself(store, own_id):
    with store.begin() as connection:
        save_imported(connection, own_id, {"status": "expired"})
    assert load(store, own_id)[0].status == "signed"
