from sqlalchemy import text

from pipeline.store.entries import NewEntry, create
from pipeline.store.touched import find_touched_rows, mark_todo, refresh_touched


def test_rows_are_touched_by_what_stands_in_them(store, save):
    save()
    with store.begin() as connection:
        agreement_id, row_id = connection.execute(text("SELECT agreement_id, row_id FROM link")).one()
        assert find_touched_rows(connection, [agreement_id, "cl-1", "ow-1"]) == {row_id}
        assert find_touched_rows(connection, [row_id, "rw-other"]) == {row_id, "rw-other"}
        assert find_touched_rows(connection, ["en-1"]) == set()


def test_all_sorts_of_records_can_be_touched(store, save):
    save()
    own_id = create(store, NewEntry(who="ana", values={"name": "Linden Pact", "kind": "treaty"})).record_id
    with store.begin() as connection:
        agreement_id = connection.execute(text("SELECT agreement_id FROM link")).scalar()
        refresh_touched(connection, [agreement_id, own_id, "cl-1", "ac-1"])
        assert "ac-1" in set(connection.execute(text("SELECT id FROM actor_todo")).scalars())


def test_what_is_to_be_linked_is_noted_once(store):
    with store.begin() as connection:
        mark_todo(connection, ["ac-1", "ar-1"])
        mark_todo(connection, ["ac-1"])
        mark_todo(connection, [])
        assert connection.execute(text("SELECT count(*) FROM actor_todo")).scalar() == 2
