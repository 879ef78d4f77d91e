"""The flow that tries again what is due, tracked by a real Prefect server."""

from pathlib import Path

import pytest

from flows.quarantine import quarantine
from pipeline.settings import Settings
from pipeline.store.articles import load_articles
from pipeline.store.quarantine import NewFailure, load_quarantine, save_failure
from pipeline.store.runs import load_runs
from pipeline.store.store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


def test_what_is_due_is_tried_again(settings: Settings, folder: Path):
    with open_store(settings) as store:
        address = str(folder / "bergen.txt")
        save_failure(store, NewFailure(address=address, stage="fetch", reason="the disk was away", delays=(0.0,)))
        counts = quarantine()
        assert (counts.tried, counts.mended, counts.new) == (1, 1, 1)
        assert load_quarantine(store) == []
        assert len(load_articles(store)) == 1
        assert load_runs(store)[0].kind == "retry"
