import json

import pytest

from pipeline.store.run_rows import RunEnd, RunFailure, StageTime
from pipeline.store.runs import finish_run, note_times, start_run
from pipeline.store.store import open_store


def test_a_run_shows_its_counts_settings_and_versions(reader, filled):
    said = reader("run", "show", filled.ids["run"])
    assert all(words in said.out for words in ("ingest, completed", "new  2", "entente  0.1.0", "home  x"))


@pytest.mark.parametrize("group", ["run", "quarantine"])
def test_a_group_alone_lists(reader, group):
    assert reader(group).out == reader(group, "list").out


def test_a_run_that_failed_says_why_and_what_it_took(entente, settings, monkeypatch):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    failure = RunFailure(address="a.txt", stage="read", reason="It is empty.")
    with open_store(settings) as store:
        run_id = start_run(store, "ingest", settings={}, versions={})
        note_times(store, run_id, [StageTime(stage="read", wall=1.25, cpu=0.5, times=3)])
        finish_run(store, run_id, RunEnd(state="failed", counts={}, message="The disk is full.", failures=(failure,)))
    shown = entente("run", "show", run_id).out
    assert all(words in shown for words in ("message   The disk is full.", "a.txt (read): It is empty."))
    assert ["read", "3", "1.2", "0.5"] in [line.split() for line in shown.splitlines()]
    assert "The disk is full." in entente("run").out


def test_runs_that_died_are_closed(entente, settings, monkeypatch):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    assert "No run has died." in entente("run", "close").err
    with open_store(settings) as store:
        ids = [
            start_run(store, "ingest", settings={"process": {"host": "far", "pid": 1}}, versions={}) for _ in range(2)
        ]
        with store.begin() as connection:
            connection.exec_driver_sql("UPDATE run SET beat_at = beat_at - interval '1 day'")
    said = entente("run", "close")
    assert all(run_id in said.out for run_id in ids)
    assert json.loads(entente("run", "close", "--json").out) == {"closed": []}
