from pipeline.store.columns import metadata
from pipeline.store.operation_tables import upkeep


def test_the_table_is_among_all_tables():
    assert metadata.tables["upkeep"] is upkeep
    assert not upkeep.c.at.nullable
