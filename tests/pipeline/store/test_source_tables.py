from pipeline.store import source_tables
from pipeline.store.columns import metadata
from pipeline.store.schema import metadata as all_tables


def test_the_tables_are_among_all_tables():
    assert all_tables is metadata
    assert {"source_state", "source_document", "source_item"} <= metadata.tables.keys()
    assert source_tables.source_item.c.done_at.nullable
