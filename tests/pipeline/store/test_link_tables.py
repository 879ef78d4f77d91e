from pipeline.store import link_tables
from pipeline.store.columns import metadata
from pipeline.store.schema import metadata as all_tables


def test_the_tables_are_among_all_tables():
    assert all_tables is metadata
    assert {"link", "link_key", "row_redirect"} <= metadata.tables.keys()
    # A row keeps a key once, however many of its observations bear it.
    assert [column.name for column in link_tables.link_key.primary_key] == ["row_id", "key"]
