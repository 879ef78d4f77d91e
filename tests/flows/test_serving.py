"""Serving: what is made in Prefect's server, what came due meanwhile, and that a schedule really fires."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelled
from sqlalchemy import update

from flows.deployments import Plan, make_deployment
from flows.limits import FETCH
from flows.serving import catch_up, find_server, forget_others, is_overdue, prepare
from flows.zombies import NAME
from pipeline.errors import EntenteError
from pipeline.settings import Settings
from pipeline.store.runs import load_runs
from pipeline.store.source_tables import source_state
from pipeline.store.sources import save_source_failure, save_success
from pipeline.store.store import Store, now, open_store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]

# A run is a process that imports Prefect, spaCy and the encoder: 20 s on a quiet machine, minutes on a busy one.
_FIRE_LIMIT = 500.0

Stop = Callable[[subprocess.Popen[bytes]], None]

CATALOG = """
[[source]]
name = "bulletin"
kind = "folder"
path = "articles"
authority = "press"
every = "1m"
"""


@pytest.fixture
def served(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a source that is asked every minute."""
    catalog = tmp_path / "sources.toml"
    catalog.write_text(CATALOG, "utf-8")
    monkeypatch.setenv("ENTENTE_SOURCES", str(catalog))
    return settings.model_copy(update={"sources": catalog})


def poll(store: Store, ago: timedelta) -> None:
    save_success(store, "bulletin", authority="press", is_changed=False)
    with store.begin() as connection:
        connection.execute(update(source_state).values(polled_at=now() - ago))


PLAN = Plan(name="source-bulletin", source="bulletin", every=60.0)


def test_whether_a_source_is_overdue_is_known_by_the_store(store, served: Settings):
    assert not is_overdue(store, PLAN, served, now())  # never asked: it waits for its first time
    poll(store, timedelta(seconds=30))
    assert not is_overdue(store, PLAN, served, now())
    poll(store, timedelta(hours=1))
    assert is_overdue(store, PLAN, served, now())
    assert is_overdue(store, Plan(name="all", source="*"), served, now())
    assert not is_overdue(store, Plan(name="rest", source="*rest"), served, now())
    assert not is_overdue(store, Plan(name="files", inputs=("x",)), served, now())
    save_source_failure(store, "bulletin", authority="press", reason="away")
    assert not is_overdue(store, PLAN, served, now())  # it is left alone for now


def test_an_hour_down_is_one_run(store, served: Settings):
    with find_server() as client:
        deployment_id = make_deployment(PLAN).apply()
        poll(store, timedelta(hours=1))
        assert catch_up(client, store, PLAN, deployment_id, served)
        (run,) = [
            each
            for each in client.read_flow_runs(limit=200)
            if each.deployment_id == deployment_id and not each.auto_scheduled
        ]
        assert "catch-up" in run.tags
        assert run.parameters["source"] == "bulletin"
        assert catch_up(client, store, PLAN, deployment_id, served)  # it waits: no second one is made
        assert len([each for each in client.read_flow_runs(limit=200) if "catch-up" in each.tags]) == 1
        client.set_flow_run_state(run.id, Cancelled())
        poll(store, timedelta())
        assert not catch_up(client, store, PLAN, deployment_id, served)
        client.delete_deployment(deployment_id)


def test_what_flows_count_on_is_made():
    with find_server() as client:
        prepare(client)
        prepare(client)
        assert client.read_global_concurrency_limit_by_name(FETCH).limit == 1
        assert [each.name for each in client.read_automations()].count(NAME) == 1


def test_a_source_that_is_gone_is_not_served_on():
    with find_server() as client:
        deployments = [make_deployment(Plan(name=name, source=name, every=3600.0)) for name in ("kept", "gone", "team")]
        for deployment in deployments[:2]:
            deployment.tags = ["entente", "served"]
        kept, gone, team = (each.apply() for each in deployments)
        assert forget_others(client, {kept}) == 1
        left = {each.id for each in client.read_deployments()}
        assert (kept in left, gone in left, team in left) == (True, False, True)
        for each in (kept, team):
            client.delete_deployment(each)


def test_without_a_server_there_is_a_sentence():
    nowhere = temporary_settings({PREFECT_API_URL: "http://127.0.0.1:1/api"})
    with nowhere, pytest.raises(EntenteError, match="does not answer"), find_server():
        pass


@pytest.mark.timeout(900)
def test_a_schedule_really_fires(
    served: Settings, prefect_server: dict[str, str], folder: Path, tmp_path: Path, stop_process: Stop
):
    """``entente serve``, from a directory that is not the checkout; and late runs of an hour's absence are one run."""
    log = tmp_path / "runner.log"
    with open_store(served) as store:
        poll(store, timedelta(hours=1))
    with log.open("wb") as out:
        runner = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "serve"],
            env=os.environ | prefect_server,
            cwd=tmp_path,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        first, second = wait_for_runs(runner, log, 2)
    finally:
        stop_process(runner)
    assert (first.auto_scheduled, "catch-up" in first.tags) == (False, True)
    assert second.auto_scheduled
    assert len(list(folder.iterdir())) == 3
    with open_store(served) as store:
        runs = load_runs(store)
    assert [run.counts.get("new") for run in runs if run.kind == "ingest"][::-1][:2] == [3, 0]


def wait_for_runs(runner: subprocess.Popen[bytes], log: Path, number: int) -> list[FlowRun]:
    """The first runs of the source that ended well, the earliest first."""
    deadline = time.monotonic() + _FIRE_LIMIT
    with get_client(sync_client=True) as client:
        while time.monotonic() < deadline and runner.poll() is None:
            served = {each.id for each in client.read_deployments() if each.name == PLAN.name}
            found = [each for each in client.read_flow_runs(limit=200) if each.deployment_id in served]
            ended = [each for each in found if each.state_name == "Completed"]
            if len(ended) >= number:
                return sorted(ended, key=lambda run: str(run.start_time))[:number]
            time.sleep(1)
    pytest.fail(f"fewer than {number} runs were completed:\n{log.read_text()[-3000:]}")
