"""Of many runs that are overdue one is left."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.runtime import deployment

from flows.overdue import cancel_overdue, find_overdue, keep_one

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


@flow(name="a flow that is late")
def late() -> None:
    """Never run."""


def make_deployment(client: SyncPrefectClient, name: str) -> UUID:
    """A deployment that came due every quarter of an hour, for an hour in which nobody served it."""
    schedule = DeploymentScheduleCreate(schedule=IntervalSchedule(interval=timedelta(minutes=15)), active=True)
    made = client.create_deployment(flow_id=client.create_flow(late), name=name, schedules=[schedule])
    end = datetime.now(UTC)
    given = {"start_time": (end - timedelta(hours=1)).isoformat(), "end_time": end.isoformat(), "min_runs": 4}
    client.request("POST", f"/deployments/{made}/schedule", json=given)
    return made


def test_the_latest_of_those_that_are_overdue_is_left():
    with get_client(sync_client=True) as client:
        deployment_id = make_deployment(client, "an hour down")
        overdue = find_overdue(client, deployment_id)
        times = [run.next_scheduled_start_time for run in overdue]
        assert len(overdue) == 4
        assert times == sorted(times, key=str)
        assert keep_one(client, deployment_id) == 1
        assert [run.id for run in find_overdue(client, deployment_id)] == [overdue[-1].id]
        assert {client.read_flow_run(run.id).state_name for run in overdue[:-1]} == {"Cancelled"}
        assert keep_one(client, deployment_id) == 1
        client.delete_deployment(deployment_id)


def test_a_run_cancels_what_else_is_overdue_of_its_deployment(monkeypatch: pytest.MonkeyPatch):
    with get_client(sync_client=True) as client:
        mine, other = make_deployment(client, "mine"), make_deployment(client, "other")
        asked = client.create_flow_run_from_deployment(mine)  # by a person: it stays
        assert cancel_overdue() == 0  # not of a deployment
        monkeypatch.setattr(deployment, "id", str(mine), raising=False)
        assert cancel_overdue() == 4
        assert (len(find_overdue(client, mine)), len(find_overdue(client, other))) == (0, 4)
        assert client.read_flow_run(asked.id).state_name == "Scheduled"
        for each in (mine, other):
            client.delete_deployment(each)
