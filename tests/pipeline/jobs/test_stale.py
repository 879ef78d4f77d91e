"""Runs whose process was killed."""

import os
import platform
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import update

from pipeline.jobs.runs import Run
from pipeline.jobs.stale import close_stale_runs, describe_process, find_stale_runs, is_stale
from pipeline.store.run_rows import RunEnd
from pipeline.store.run_tables import run as table
from pipeline.store.runs import finish_run, load_run, load_runs, start_run
from pipeline.store.store import now

KILLED = """
import os, signal
from pipeline.jobs.runs import Run
from pipeline.settings import Settings
from pipeline.store.store import open_store

settings = Settings()
with open_store(settings) as store, Run(store, "ingest", settings=settings):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_run_that_was_killed_is_closed_and_one_that_goes_on_is_not(store, settings, environment):
    died = subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False)
    assert died.returncode == -signal.SIGKILL
    with Run(store, "themes", settings=settings) as mine:
        (killed,) = find_stale_runs(store)
        assert [row.id for row in close_stale_runs(store)] == [killed.id]
        assert close_stale_runs(store) == []
    closed = load_run(store, killed.id)
    assert (closed.kind, closed.state, closed.finished_at is not None) == ("ingest", "crashed", True)
    assert "ended without a word" in str(closed.message)
    assert load_run(store, mine.id).state == "completed"


@pytest.mark.parametrize(
    ("process", "silent", "expected"),
    [
        (describe_process()["process"], 48, False),  # this one: it lives, however long it says nothing
        (describe_process()["process"] | {"start": "another boot:1"}, 0, True),  # its number came around
        ({"host": platform.node(), "pid": 2**22 + 1}, 0, True),
        ({"host": "elsewhere", "pid": os.getpid()}, 1, False),
        ({"host": "elsewhere", "pid": os.getpid()}, 7, True),
        (None, 7, True),  # of a version that noted no process
    ],
)
def test_which_runs_are_dead(store, process, silent, expected):
    run_id = start_run(store, "ingest", settings={"process": process} if process else {}, versions={})
    with store.begin() as connection:
        connection.execute(update(table).values(beat_at=now() - timedelta(hours=silent)))
    assert is_stale(load_run(store, run_id)) is expected


def test_what_was_taken_for_dead_and_ends_well_has_ended_well(store):
    run_id = start_run(store, "ingest", settings={"process": {"host": platform.node(), "pid": 2**22 + 1}}, versions={})
    close_stale_runs(store)
    finish_run(store, run_id, RunEnd(state="completed", counts={"new": 1}))
    assert [row.state for row in load_runs(store)] == ["completed"]
