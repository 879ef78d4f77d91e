"""The status on the terminal and as JSON; its exit code says whether somebody should look."""

import json

import pytest

from pipeline.store.run_rows import RunEnd
from pipeline.store.runs import finish_run, start_run
from pipeline.store.sources import save_success
from pipeline.store.store import open_store
from pipeline.store.upkeep import note_upkeep

CATALOG = '[[source]]\nname = "bulletin"\nkind = "feed"\nurl = "https://a.example/f"\nauthority = "press"\n'


@pytest.fixture
def looked(entente, settings, monkeypatch, tmp_path):
    """The command line on a store with one source and one run."""
    (tmp_path / "sources.toml").write_text(CATALOG, "utf-8")
    monkeypatch.setenv("ENTENTE_SOURCES", str(tmp_path / "sources.toml"))
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    with open_store(settings) as store:
        save_success(store, "bulletin", authority="press", is_changed=True)
        note_upkeep(store, "backup", {})
        finish_run(store, start_run(store, "ingest", settings={}, versions={}), RunEnd(state="completed", counts={}))
    return entente


def test_all_is_well(looked):
    said = looked("status")
    assert said.code == 0
    assert "bulletin" in said.out
    assert "completed" in said.out
    assert "0 to read, 0 to link, 0 to embed" in said.out
    assert "backup" in said.out
    assert said.out.endswith("All is well.\n")
    found = json.loads(looked("status", "--json").out)
    assert found["problems"] == []
    assert [(source["name"], source["health"]) for source in found["sources"]] == [("bulletin", "ok")]
    assert {"size", "articles", "unread", "failed", "due"} <= found["store"].keys()


def test_what_is_wrong_is_said_and_is_the_exit_code(looked, settings):
    with open_store(settings) as store:
        run_id = start_run(store, "ingest", settings={}, versions={})
        finish_run(store, run_id, RunEnd(state="failed", counts={}, message="the disk is full"))
    said = looked("status")
    assert said.code == 1
    assert said.err == f"error: the last run of ingest failed ({run_id}): the disk is full\n"
    assert json.loads(looked("status", "--json").out)["problems"] == [said.err[7:-1]]


def test_a_prefect_server_that_is_configured_has_to_answer(looked, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    said = looked("status")
    assert (said.code, "http://127.0.0.1:1/api does not answer" in said.err) == (1, True)
