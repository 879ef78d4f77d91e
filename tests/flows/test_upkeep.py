"""The flow that looks after the store and Prefect's database."""

from datetime import UTC, datetime, timedelta

import pytest
from prefect import flow
from prefect.client.orchestration import get_client

from flows.upkeep import delete_ended, upkeep
from pipeline.settings import Settings
from pipeline.store.runs import load_run, start_run
from pipeline.store.upkeep import load_upkeep

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


@flow(name="ended", flow_run_name="ended", persist_result=False)
def ended() -> None:
    """Ends at once."""


def test_runs_that_died_are_closed_and_the_young_ones_stay(store, settings: Settings):
    dead = start_run(store, "ingest", settings={"process": {"host": "elsewhere", "pid": 1}}, versions={})
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE run SET beat_at = beat_at - interval '1 day'")
    ended()
    counts = upkeep()
    assert (counts.crashed, counts.raws, counts.texts, counts.flow_runs) == (1, 0, 0, 0)
    assert load_run(store, dead).state == "crashed"


def test_a_backup_is_written_where_a_folder_is_named(store, settings: Settings, tmp_path, monkeypatch):
    (tmp_path / "backups").mkdir()
    monkeypatch.setenv("ENTENTE_BACKUP_DIR", str(tmp_path / "backups"))
    assert upkeep().backups == 1
    (path,) = (tmp_path / "backups").iterdir()
    assert load_upkeep(store)["backup"].facts["path"] == str(path)


def test_flow_runs_that_ended_before_are_deleted():
    ended()
    with get_client(sync_client=True) as client:
        assert delete_ended(client, datetime.now(UTC) - timedelta(days=1)) == 0
        assert "ended" in {run.name for run in client.read_flow_runs(limit=200)}
        assert delete_ended(client, datetime.now(UTC) + timedelta(seconds=1)) >= 1
        assert "ended" not in {run.name for run in client.read_flow_runs(limit=200)}
