import pytest
from sqlalchemy import text

from pipeline.errors import StoreError
from pipeline.store.columns import metadata
from pipeline.store.schema import metadata as all_tables

TABLES = {"decision", "undone", "reopened", "decided_article", "attachment", "standing", "judgement", "own_agreement"}
INSERT = "INSERT INTO decision (who, \"when\", record_id, action) VALUES ('ana', now(), 'ag-1', 'accept')"


def test_the_tables_are_among_all_tables():
    assert all_tables is metadata
    assert metadata.tables.keys() >= TABLES


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE decision SET who = 'eve'",
        "UPDATE decision SET undoes = 1",
        "UPDATE decision SET extracted = NULL WHERE number = 1",
        "DELETE FROM decision",
        "TRUNCATE decision",
        "TRUNCATE decision CASCADE",
        "SET LOCAL session_replication_role = replica; DELETE FROM decision",
        INSERT.replace("record_id", "number, record_id")
        .replace("'ag-1'", "1, 'ag-1'")
        .replace("VALUES", "OVERRIDING SYSTEM VALUE VALUES")
        + " ON CONFLICT (number) DO UPDATE SET who = 'eve'",
    ],
)
def test_the_database_itself_refuses_to_change_the_past(store, query):
    with store.begin() as connection:
        connection.execute(text(INSERT))
    with pytest.raises(StoreError, match=r"only added, never changed|cannot truncate"), store.begin() as connection:
        connection.execute(text(query))
    with store.begin() as connection:
        assert connection.execute(text("SELECT who FROM decision")).scalars().all() == ["ana"]


@pytest.mark.parametrize("values", ["'undo', NULL", "'accept', 1", "'undo', 99"])
def test_an_undo_names_what_it_undoes_and_nothing_else_does(store, values):
    with store.begin() as connection:
        connection.execute(text(INSERT))
    query = f"INSERT INTO decision (who, \"when\", record_id, action, undoes) VALUES ('ana', now(), 'ag-1', {values})"
    with pytest.raises(StoreError), store.begin() as connection:
        connection.execute(text(query))
