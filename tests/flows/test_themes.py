"""The themes flow, tracked by a real Prefect server."""

from pathlib import Path

import pytest

from flows.themes import themes
from pipeline.jobs.ingest import ingest_all
from pipeline.settings import Settings
from pipeline.store.runs import load_runs
from pipeline.store.store import open_store
from pipeline.store.themes import load_themes

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


def test_themes_are_found_in_what_is_stored(settings: Settings, folder: Path):
    with open_store(settings) as store:
        ingest_all(store, [str(folder)], settings=settings, given={})
        counts = themes()
        assert counts.members > 0
        assert len(load_themes(store)) == counts.themes
        run = load_runs(store)[0]
        assert (run.kind, run.state, run.counts["members"]) == ("themes", "completed", counts.members)
