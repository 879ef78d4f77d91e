from pipeline.store import look_tables
from pipeline.store.schema import metadata as all_tables


def test_the_table_is_among_all_tables():
    assert look_tables.last_look.metadata is all_tables
    assert "last_look" in all_tables.tables
