import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, event, insert, inspect, text

from pipeline.errors import StoreError
from pipeline.store.migrate import HEAD
from pipeline.store.records import load_register
from pipeline.store.upgrade import make_config, upgrade

# In the order in which they name each other.
FILLED = (
    *("raw_article", "article", "address", "revision", "extraction"),
    *("agreement", "party", "act", "register_row", "link"),
)


def test_the_newest_migration_is_the_one_the_fast_path_asks_for(store):
    with store.begin() as connection:
        assert ScriptDirectory.from_config(make_config(connection)).get_heads() == [HEAD]


def test_a_server_without_pgvector_is_refused_clearly(store):
    @event.listens_for(store.engine, "before_cursor_execute", retval=True)
    def hide(connection, cursor, statement, parameters, context, executemany):
        return statement.replace("name = 'vector'", "name = 'absent'"), parameters

    with pytest.raises(StoreError, match="lacks pgvector"), store.begin() as connection:
        upgrade(connection)


def test_a_register_of_an_older_version_is_there_whole_after_the_upgrade(store, save):
    """The tables as they were at 0007, with an article in them; the upgrade fills what rows are made of, and the rows."""
    save("/1.txt", published="2025-07-01", act="agreed", members=26)
    save("/2.txt", text="Signed. Norland.", published="2025-07-18", parties=("Norland", "Westia"), date="2025-07-17")
    before = load_register(store)
    with store.begin() as connection:
        kept = {name: list(connection.execute(text(f"SELECT * FROM {name}")).mappings()) for name in FILLED}
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        command.upgrade(make_config(connection), "0007")
        for name, rows in kept.items():
            columns = {column["name"] for column in inspect(connection).get_columns(name)}
            table = Table(name, MetaData(), autoload_with=connection)
            for row in rows:
                connection.execute(insert(table).values({key: row[key] for key in columns & row.keys()}))
        upgrade(connection)
    assert load_register(store) == before
