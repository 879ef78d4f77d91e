from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pipeline.store.schema import metadata


def test_the_migrations_make_exactly_these_tables(store):
    with store.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
