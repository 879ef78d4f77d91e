"""Every job leaves a row that says how it went, also one that was killed."""

import os
import signal
import subprocess
import sys

import pytest

from pipeline.errors import StoreError
from pipeline.jobs.counts import EmbedCounts, Failure, IngestCounts
from pipeline.jobs.runs import Run, describe_settings, find_versions, mask_password
from pipeline.settings import Settings
from pipeline.store.runs import load_run, load_runs
from pipeline.store.store import Store

KILLED = """
import os, signal
from pipeline.jobs.runs import Run
from pipeline.settings import Settings
from pipeline.store.store import open_store

settings = Settings()
with open_store(settings) as store, Run(store, "ingest", settings=settings):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ana:secret@db.example:5432/entente", "postgresql://ana:***@db.example:5432/entente"),
        ("postgresql://ana@db.example/entente", "postgresql://ana@db.example/entente"),
        ("postgresql://db.example/entente", "postgresql://db.example/entente"),
        ("postgresql://ana:se@cret@db.example/entente", "postgresql://ana:***@db.example/entente"),
        ("postgresql://db.example/entente?user=ana&password=secret", "postgresql://db.example/entente"),
    ],
)
def test_mask_password(url: str, shown: str):
    assert mask_password(url) == shown


def test_settings_are_described_without_the_password():
    described = describe_settings(
        Settings(database_url="postgresql://ana:secret@db.example/entente", https_proxy="http://ana:secret@proxy:3128")
    )
    assert "secret" not in str(described)
    assert described["https_proxy"] == "http://ana:***@proxy:3128"
    assert described["max_text_bytes"] == Settings().max_text_bytes


def test_versions_name_what_results_depend_on():
    versions = find_versions(Settings())
    assert {"entente", "python", "spacy", "models", "en_core_web_sm", "all-MiniLM-L6-v2-int8"} <= versions.keys()
    assert "not installed" not in versions.values()
    assert find_versions(Settings(spacy_model="/my/model"))["/my/model"] == "unpinned"


def test_a_run_keeps_what_its_parts_counted(store: Store, settings: Settings):
    with Run(store, "ingest", settings=settings, given={"inputs": ["a.txt"]}) as run:
        assert load_run(store, run.id).state == "running"
        run.note(IngestCounts(new=1, known=1))
        run.note(IngestCounts(new=2))
        run.note(EmbedCounts(embedded=7))
    row = load_run(store, run.id)
    assert (row.kind, row.state) == ("ingest", "completed")
    assert (row.counts["new"], row.counts["known"], row.counts["embedded"]) == (3, 1, 7)
    assert row.settings["inputs"] == ["a.txt"]
    assert row.settings["process"]["pid"] == os.getpid()
    assert row.finished_at >= row.started_at


@pytest.mark.parametrize("error", [ValueError("broken"), KeyboardInterrupt()])
def test_a_run_that_fails_says_so_and_passes_the_error_on(store: Store, settings: Settings, error: BaseException):
    run = Run(store, "themes", settings=settings)

    def fail():
        with run:
            run.note(EmbedCounts(embedded=7))
            raise error

    with pytest.raises(type(error)):
        fail()
    row = load_run(store, run.id)
    assert (row.state, row.counts) == ("failed", {"embedded": 7})
    assert row.message in {"ValueError: broken", "KeyboardInterrupt"}


def test_a_run_that_is_killed_stays_visible_as_running(store: Store, environment: dict[str, str]):
    process = subprocess.Popen([sys.executable, "-c", KILLED], env=environment)
    assert process.wait(60) == -signal.SIGKILL
    (row,) = load_runs(store)
    assert (row.state, row.finished_at, row.settings["process"]["pid"]) == ("running", None, process.pid)


def test_a_run_keeps_why_it_failed_which_articles_did_and_what_its_stages_took(store: Store, settings: Settings):
    run = Run(store, "ingest", settings=settings)

    def fail():
        with run, run.time("fetch"):
            run.note(
                IngestCounts(failures=(Failure(address="a.txt", stage="read", reason="It is empty.", exit_code=3),))
            )
            raise StoreError("The disk is full.")

    with pytest.raises(StoreError):
        fail()
    row = load_run(store, run.id)
    assert row.message == "The disk is full."
    assert [(each.address, each.stage, each.reason) for each in row.failures] == [("a.txt", "read", "It is empty.")]
    assert [(each.stage, each.times) for each in row.timings] == [("fetch", 1)]
