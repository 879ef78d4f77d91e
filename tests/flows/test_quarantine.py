"""The flow that tries again what is due, tracked by a real Prefect server."""

from pathlib import Path

import pytest

from flows.quarantine import quarantine
from pipeline.settings import Settings
from pipeline.sources.inputs import fetch_article
from pipeline.store.articles import load_articles
from pipeline.store.quarantine import NewFailure, load_quarantine, save_failure
from pipeline.store.raws import save_raw
from pipeline.store.runs import load_runs, start_run
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


def test_what_a_run_that_died_left_unread_is_read_and_not_what_a_living_one_will(settings: Settings, folder: Path):
    with open_store(settings) as store:
        save_raw(store, fetch_article(str(folder / "bergen.txt"), settings=settings, given={}))
        living = start_run(store, "ingest", settings={"process": {"host": "elsewhere", "pid": 1}}, versions={})
        assert quarantine().new == 0
        with store.begin() as connection:
            connection.exec_driver_sql(f"UPDATE run SET beat_at = beat_at - interval '1 day' WHERE id = '{living}'")
        assert quarantine().new == 1
        assert {run.state for run in load_runs(store)} == {"crashed", "completed"}
