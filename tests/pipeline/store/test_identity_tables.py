from pipeline.store import identity_tables
from pipeline.store.columns import metadata
from pipeline.store.schema import metadata as all_tables


def test_the_tables_are_among_all_tables():
    assert all_tables is metadata
    assert {"sketch", "overlap", "duplicate"} <= metadata.tables.keys()
    assert identity_tables.sketch.c.hashes.index is None  # a GIN index of its own name, not a B-tree
