"""Themes are made of everything that is embedded."""

from pathlib import Path

import pytest

from pipeline.jobs.cluster import cluster_themes, update_themes
from pipeline.jobs.counts import ThemeCounts
from pipeline.jobs.ingest import ingest_all
from pipeline.settings import Settings
from pipeline.store.runs import load_runs
from pipeline.store.store import Store
from pipeline.store.themes import load_themes


def test_an_empty_store_has_no_themes(store: Store, settings: Settings):
    assert cluster_themes(store, settings=settings) == ThemeCounts()


@pytest.mark.slow
def test_themes_are_kept_and_the_run_is_recorded(store: Store, settings: Settings, folder: Path):
    ingest_all(store, [str(folder)], settings=settings, given={})
    counts = update_themes(store, settings=settings)
    assert counts.members > 0
    assert len(load_themes(store)) == counts.themes
    run = load_runs(store)[0]
    assert (run.kind, run.state, run.counts["members"]) == ("themes", "completed", counts.members)
    assert update_themes(store, settings=settings) == counts
