import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import event

from pipeline.errors import StoreError
from pipeline.store.migrate import HEAD
from pipeline.store.upgrade import make_config, upgrade


def test_the_newest_migration_is_the_one_the_fast_path_asks_for(store):
    with store.begin() as connection:
        assert ScriptDirectory.from_config(make_config(connection)).get_heads() == [HEAD]


def test_a_server_without_pgvector_is_refused_clearly(store):
    @event.listens_for(store.engine, "before_cursor_execute", retval=True)
    def hide(connection, cursor, statement, parameters, context, executemany):
        return statement.replace("name = 'vector'", "name = 'absent'"), parameters

    with pytest.raises(StoreError, match="lacks pgvector"), store.begin() as connection:
        upgrade(connection)
