from pipeline.store.raw_tables import quarantine, raw_article
from pipeline.store.schema import metadata


def test_the_tables_of_what_was_fetched_are_among_all():
    assert {table.name for table in (quarantine, raw_article)} <= set(metadata.tables)
