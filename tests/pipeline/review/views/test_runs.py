from datetime import UTC, datetime, timedelta

import pytest

from pipeline.review.views.runs import say_took
from pipeline.store.run_rows import RunEnd, RunFailure, StageTime
from pipeline.store.runs import finish_run, note_times, start_run

NOW = datetime(2025, 7, 17, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "said"), [(4.2, "4.2 s"), (185, "3 min 5 s"), (None, "…")])
def test_how_long_it_took(seconds, said):
    assert say_took(NOW, None if seconds is None else NOW + timedelta(seconds=seconds)) == said


def test_a_run_says_what_it_took_and_what_failed(client, store):
    run = start_run(store, "ingest", settings={"inputs": "in"}, versions={"entente": "0.1.0"})
    note_times(store, run, [StageTime(stage="extract", wall=1.5, cpu=1.25, times=3)])
    failure = RunFailure(address="/in/<b>.txt", stage="read", reason="it is binary")
    finish_run(store, run, RunEnd(state="failed", counts={"new": 3}, message="the disk is full", failures=(failure,)))
    page = client.get("/runs").text
    assert f'href="/runs/{run}"' in page
    assert "the disk is full" in page
    page = client.get(f"/runs/{run}").text
    assert "/in/&lt;b&gt;.txt" in page
    assert "1.5" in page
    assert "it is binary" in page


def test_runs_come_by_the_page(client, store):
    made = [start_run(store, "themes", settings={}, versions={}) for _ in range(31)]
    first = client.get("/runs").text
    assert f"/runs?after={made[1]}" in first
    assert made[0] in client.get(f"/runs?after={made[1]}").text


def test_what_a_run_changed(reading, filled):
    page = reading.get(f"/runs/{filled.ids['run']}/difference").text
    assert "No record came, went or changed." in page
    assert reading.get("/runs/rn-none-of-that").status_code == 404
