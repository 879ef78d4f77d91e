from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, event, select

from pipeline.errors import TextError
from pipeline.store.inserts import insert_rows
from pipeline.store.schema import source_state
from pipeline.store.search_tables import saved_search

AT = datetime(2026, 5, 1, 9, 30, 15, 123456, tzinfo=UTC)
ROW = {
    "id": "ss-1",
    "name": 'O\'Neill \\ "Élysée" %s',
    "query": {"text": "a", "kinds": ["claim"], "sure": 0.1, "none": None},
    "who": "ana",
    "created_at": AT,
    "looked_at": None,
    "seen_number": 2**40,
}


def test_what_goes_in_comes_out(store):
    rows = [ROW, ROW | {"id": "ss-2", "name": "b", "looked_at": AT}]
    with store.begin() as connection:
        insert_rows(connection, saved_search, rows)
        assert [dict(row) for row in connection.execute(select(saved_search).order_by("id")).mappings()] == rows
        connection.execute(delete(saved_search))


def test_many_rows_are_one_statement_and_none_are_none(store):
    said = []
    event.listen(store.engine, "before_cursor_execute", lambda *call: said.append((call[2], call[5])))
    with store.begin() as connection:
        insert_rows(connection, source_state, [{"source": f"s{at}", "failures": at} for at in range(50)])
        insert_rows(connection, source_state, [])
        assert connection.execute(select(source_state.c.failures)).scalars().all() == list(range(50))
    assert [many for words, many in said if words.startswith("INSERT")] == [False]


@pytest.mark.parametrize("name", ["a\0b", "half \ud800"])
def test_what_the_database_cannot_keep_is_said(store, name):
    with pytest.raises(TextError), store.begin() as connection:
        insert_rows(connection, saved_search, [ROW | {"name": name}])
