"""The register's rows are made of all current agreements."""

from pathlib import Path

from pipeline.jobs.ingest import ingest_all
from pipeline.jobs.link import link_register
from pipeline.settings import Settings
from pipeline.store.records import load_register
from pipeline.store.store import Store


def test_two_articles_on_one_treaty_make_one_row(store: Store, settings: Settings, folder: Path):
    ingest_all(store, [str(folder)], settings=settings, given={})
    (row,) = [row for row in load_register(store) if row.name == "Bergen Treaty"]
    assert len({seen.article_id for seen in row.observations}) == 2


def test_linking_again_changes_nothing(store: Store, settings: Settings, folder: Path):
    ingest_all(store, [str(folder)], settings=settings, given={})
    before = load_register(store)
    counts = link_register(store)
    assert (counts.observations, counts.changed) == (0, 0)
    assert load_register(store) == before


def test_an_empty_store_has_nothing_to_link(store: Store):
    assert link_register(store).observations == 0
