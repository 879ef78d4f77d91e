"""What runs when: the plans of a catalogue, and what a plan becomes."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule

from flows.deployments import FLOWS, Plan, make_deployment, make_plans
from pipeline.errors import InputError
from pipeline.settings import Settings

ROOT = Path(__file__).parents[2]


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
        (Plan(name="asked", flow="reextract"), None, {}),
    ],
)
def test_make_deployment(plan: Plan, schedule: CronSchedule | timedelta | None, parameters: dict[str, object]):
    deployment = make_deployment(plan)
    made = [each.schedule for each in deployment.schedules or []]
    if isinstance(schedule, timedelta):
        (interval,) = made
        assert isinstance(interval, IntervalSchedule)
        assert interval.interval == schedule
    else:
        assert made == ([] if schedule is None else [schedule])
    assert (deployment.name, deployment.parameters) == (plan.name, parameters)
    assert deployment.entrypoint == f"flows.{plan.flow}.{plan.flow}"
    assert deployment.concurrency_limit is None  # the runner has one
    assert deployment.tags == ["entente", plan.flow]


UPKEEP = ["retry-quarantine", "weekly-themes", "daily-upkeep", "reextract", "evaluate"]


def test_all_enabled_sources_of_the_catalogue_are_one_plan(tmp_path: Path):
    plans = make_plans(Settings(sources=ROOT / "corpus/sources.toml"))
    assert [(plan.name, plan.source, plan.cron) for plan in plans[:1]] == [("sources", "*rest", "0 5 * * *")]
    assert [plan.name for plan in plans[1:]] == UPKEEP
    assert {plan.flow for plan in plans} == set(FLOWS)
    with pytest.raises(InputError, match="there is no such catalogue"):
        make_plans(Settings(sources=tmp_path / "missing.toml"))


def test_a_source_with_times_of_its_own_has_a_plan_of_its_own(tmp_path: Path):
    catalog = tmp_path / "sources.toml"
    table = '[[source]]\nname = "{0}"\nkind = "feed"\nurl = "https://{0}.example/f"\nauthority = "press"\n{1}\n'
    catalog.write_text(table.format("hourly", 'every = "1h"') + table.format("off", 'every = "1h"\nenabled = false'))
    (hourly, *rest) = make_plans(Settings(sources=catalog))
    assert (hourly.name, hourly.source, hourly.every, hourly.cron) == ("source-hourly", "hourly", 3600.0, None)
    assert [plan.name for plan in rest] == UPKEEP
    catalog.write_text(catalog.read_text("utf-8") + table.format("plain", ""))
    assert [plan.name for plan in make_plans(Settings(sources=catalog))][:2] == ["sources", "source-hourly"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_team_can_deploy_prefect_yaml(prefect: str, prefect_server: dict[str, str]):
    prefect_command = [sys.executable, "-m", "prefect", "--no-prompt"]
    for command in (["work-pool", "create", "entente", "--type", "process", "--overwrite"], ["deploy", "--all"]):
        done = subprocess.run(
            [*prefect_command, *command],
            env=os.environ | prefect_server,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    plans = {plan.name: plan for plan in make_plans(Settings(sources=ROOT / "corpus/sources.toml"))}
    with get_client(sync_client=True) as client:
        deployed = {each.name: each for each in client.read_deployments() if each.work_pool_name == "entente"}
        for each in deployed.values():
            client.delete_deployment(each.id)
    assert {name: each.entrypoint for name, each in deployed.items()} == {
        name: f"flows/{plan.flow}.py:{plan.flow}" for name, plan in plans.items()
    }
    assert {name: each.parameters for name, each in deployed.items()} == {
        name: plan.parameters for name, plan in plans.items()
    }
    scheduled = {name for name, each in deployed.items() if each.schedules and each.schedules[0].active}
    assert scheduled == {name for name, plan in plans.items() if plan.cron or plan.every}
