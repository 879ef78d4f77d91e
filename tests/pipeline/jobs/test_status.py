"""What somebody should look at, and what not."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from pipeline.jobs.status import find_problems, find_status
from pipeline.settings import Settings
from pipeline.store.quarantine import NewFailure, save_failure
from pipeline.store.run_rows import RunEnd
from pipeline.store.run_tables import run as run_table
from pipeline.store.runs import finish_run, start_run
from pipeline.store.schema import quarantine, upkeep
from pipeline.store.source_tables import source_state
from pipeline.store.sources import save_source_failure, save_success
from pipeline.store.store import now
from pipeline.store.upkeep import note_upkeep

CATALOG = """
[[source]]
name = "hourly"
kind = "feed"
url = "https://a.example/feed"
authority = "press"
every = "1h"
[[source]]
name = "off"
kind = "feed"
url = "https://b.example/feed"
authority = "press"
enabled = false
"""


@pytest.fixture
def watched(settings: Settings, tmp_path) -> Settings:
    """Settings with a catalogue of one enabled source."""
    catalog = tmp_path / "sources.toml"
    catalog.write_text(CATALOG, "utf-8")
    return settings.model_copy(update={"sources": catalog})


def test_a_new_store_is_well(store, watched):
    found = find_status(store, settings=watched)
    assert found.problems == ()
    assert [(each.name, each.health) for each in found.sources] == [("hourly", "new")]
    assert (found.running, found.last_runs, found.upkeep) == ((), (), ())


def age(store, table, **columns):
    with store.begin() as connection:
        connection.execute(update(table).values(**columns))


def test_a_source_that_is_not_asked_is_late_where_schedules_are_served(store, watched):
    save_success(store, "hourly", authority="press", is_changed=True)
    assert [each.health for each in find_status(store, settings=watched).sources] == ["ok"]
    age(store, source_state, polled_at=now() - timedelta(hours=4))
    found = find_status(store, settings=watched)
    assert ([each.health for each in found.sources], found.problems) == (["late"], ())
    note_upkeep(store, "serve", {})
    (problem,) = find_status(store, settings=watched).problems
    assert problem.startswith("source hourly should have been asked at 20")


def test_a_source_that_fails_three_times_is_named_with_its_reason(store, watched):
    for number in range(3):
        assert find_status(store, settings=watched).problems == ()
        save_source_failure(store, "hourly", authority="press", reason=f"it is away ({number})")
    assert find_status(store, settings=watched).problems == (
        "source hourly has failed 3 times in a row: it is away (2)",
    )


def test_runs_that_died_failed_or_do_not_end(store, watched):
    dead = start_run(store, "themes", settings={"process": {"host": "elsewhere", "pid": 1}}, versions={})
    age(store, run_table, beat_at=now() - timedelta(days=1))
    failed = start_run(store, "ingest", settings={}, versions={})
    finish_run(store, failed, RunEnd(state="failed", counts={}, message="the disk is full"))
    problems = find_status(store, settings=watched).problems
    assert [problem.partition(";")[0] for problem in problems] == [
        f"run {dead} (themes) has died",
        f"the last run of ingest failed ({failed}): the disk is full",
    ]
    status = find_status(store, settings=watched)
    later = status.model_copy(update={"at": status.at + timedelta(hours=13)})
    assert any("is it stuck?" in problem for problem in find_problems(later))


def test_the_store(store, watched):
    note_upkeep(store, "serve", {})
    note_upkeep(store, "backup", {})
    save_failure(store, NewFailure(address="/x", stage="fetch", reason="away", delays=(0.0,)))
    assert find_status(store, settings=watched).problems == ()
    age(store, upkeep, at=now() - timedelta(days=9))
    age(store, quarantine, next_try=now() - timedelta(hours=3))
    problems = find_status(store, settings=watched).problems
    assert [problem.partition(" of ")[0].partition(" since ")[0] for problem in problems] == [
        "1 failure(s) are due",
        "the last backup is",
    ]
    full = find_status(store, settings=watched).model_copy(update={"disk_free": 1_500_000_000})
    assert any(problem.startswith("only 1.5 GB are free") for problem in find_problems(full))
