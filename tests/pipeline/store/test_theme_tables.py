from pipeline.store import theme_tables
from pipeline.store.columns import metadata
from pipeline.store.schema import metadata as all_tables


def test_the_tables_are_among_all_tables():
    assert all_tables is metadata
    names = {"theme", "theme_member", "theme_voter", "theme_waiting", "theme_event", "theme_route", "theme_article"}
    assert names <= metadata.tables.keys()
    assert theme_tables.theme.c.center.nullable  # in what an older version saved
