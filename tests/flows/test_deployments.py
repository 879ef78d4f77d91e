"""Scheduled flows: what a plan becomes, and that its schedule really fires."""

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
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule

from flows.deployments import Plan, make_deployment, make_plans
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.store.runs import load_runs
from pipeline.store.store import open_store

ROOT = Path(__file__).parents[2]

# A run is a process that imports Prefect, spaCy and the encoder: 20 s on a quiet machine, minutes on a busy one.
_FIRE_LIMIT = 240.0

Stop = Callable[[subprocess.Popen[bytes]], None]

SERVE = """
import sys
from flows.deployments import Plan, serve_plans

serve_plans([Plan(name="often", inputs=(sys.argv[1],), every=15.0)])
"""


@pytest.mark.parametrize(
    ("plan", "schedule", "parameters"),
    [
        (
            Plan(name="ministries", inputs=("corpus",), cron="0 5 * * *"),
            CronSchedule(cron="0 5 * * *"),
            {"inputs": ["corpus"], "source": None},
        ),
        (Plan(name="weekly", flow="themes", every=604800.0), timedelta(days=7), {}),
        (Plan(name="retry", flow="quarantine", every=900.0), timedelta(minutes=15), {}),
    ],
)
def test_make_deployment(plan: Plan, schedule: CronSchedule | timedelta, parameters: dict[str, object]):
    deployment = make_deployment(plan)
    (made,) = deployment.schedules or []
    if isinstance(schedule, timedelta):
        assert isinstance(made.schedule, IntervalSchedule)
        assert made.schedule.interval == schedule
    else:
        assert made.schedule == schedule
    assert (deployment.name, deployment.parameters) == (plan.name, parameters)
    assert deployment.entrypoint == f"flows.{plan.flow}.{plan.flow}"
    assert deployment.concurrency_limit == 1


def test_all_enabled_sources_of_the_catalogue_are_one_plan(tmp_path: Path):
    plans = make_plans(Settings(sources=ROOT / "corpus/sources.toml"))
    assert [(plan.name, plan.source, plan.cron) for plan in plans[:1]] == [("sources", "*", "0 5 * * *")]
    assert [(plan.name, plan.flow, plan.every) for plan in plans[1:]] == [("retry-quarantine", "quarantine", 900.0)]
    with pytest.raises(InputError, match="there is no such catalogue"):
        make_plans(Settings(sources=tmp_path / "missing.toml"))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_team_can_deploy_prefect_yaml(prefect: str, prefect_server: dict[str, str]):
    prefect_command = [sys.executable, "-m", "prefect", "--no-prompt"]
    for command in (["work-pool", "create", "entente", "--type", "process"], ["deploy", "--all"]):
        done = subprocess.run(
            [*prefect_command, *command],
            env=os.environ | prefect_server,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    with get_client(sync_client=True) as client:
        deployed = {each.name: each for each in client.read_deployments() if each.work_pool_name == "entente"}
    assert {name: each.entrypoint for name, each in deployed.items()} == {
        "sources": "flows/ingest.py:ingest",
        "weekly-themes": "flows/themes.py:themes",
        "retry-quarantine": "flows/quarantine.py:quarantine",
    }
    assert deployed["sources"].parameters == {"inputs": [], "source": "*"}
    assert all(each.schedules and each.schedules[0].active for each in deployed.values())


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("prefect")
def test_a_schedule_really_fires(
    settings: Settings, prefect_server: dict[str, str], folder: Path, tmp_path: Path, stop_process: Stop
):
    with (tmp_path / "runner.log").open("wb") as log:
        runner = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(folder)],
            env=os.environ | prefect_server,
            cwd=tmp_path,  # not the checkout: runs must find the flow from anywhere
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        flow_run = wait_for_a_completed_run(runner, tmp_path / "runner.log")
    finally:
        stop_process(runner)
    assert flow_run.auto_scheduled
    with open_store(settings) as store:
        first = load_runs(store)[-1]
    assert (first.kind, first.counts.get("new")) == ("ingest", 3)


def wait_for_a_completed_run(runner: subprocess.Popen[bytes], log: Path) -> FlowRun:
    """The first run that the schedule of the deployment "often" made and that ended well."""
    deadline = time.monotonic() + _FIRE_LIMIT
    with get_client(sync_client=True) as client:
        while time.monotonic() < deadline and runner.poll() is None:
            served = {each.id for each in client.read_deployments() if each.name == "often"}
            for run in client.read_flow_runs(limit=200):
                if run.deployment_id in served and run.auto_scheduled and run.state_name == "Completed":
                    return run
            time.sleep(1)
    pytest.fail(f"no scheduled run was completed:\n{log.read_text()[-3000:]}")
