from pipeline.store import run_tables
from pipeline.store.columns import metadata
from pipeline.store.schema import metadata as all_tables


def test_the_tables_are_among_all_tables():
    assert all_tables is metadata
    assert {"run", "run_extraction"} <= metadata.tables.keys()
    assert run_tables.run_extraction.primary_key.columns.keys()[0] == "run_id"
