"""Runs that are overdue: whichever comes first reads all that is new, so the others of its deployment need not run.

A runner that was down for an hour finds a run for each time that its schedules came due, and would start a process for
each, one after the other, to find that there is nothing to do.
"""

from datetime import UTC, datetime
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.runtime import deployment
from prefect.states import Cancelled

#: On a run that makes up for what came due while nobody served; it is not made a second time while it waits.
CATCH_UP = "catch-up"

_PAGE = 200  # the most that Prefect's server gives at once


def cancel_overdue() -> int:
    """Cancel what else is overdue of the deployment that this flow run is of; returns how many."""
    if deployment.id is None:  # called directly
        return 0
    with get_client(sync_client=True) as client:
        return _cancel(client, find_overdue(client, UUID(deployment.id)))


def keep_one(client: SyncPrefectClient, deployment_id: UUID) -> int:
    """Cancel all that is overdue of a deployment but the latest; returns how many are left: none or one."""
    overdue = find_overdue(client, deployment_id)
    _cancel(client, overdue[:-1])
    return min(len(overdue), 1)


def find_overdue(client: SyncPrefectClient, deployment_id: UUID) -> list[FlowRun]:
    """The runs that a schedule of the deployment was to start by now, the earliest first; not what a person asked for."""
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(before_=datetime.now(UTC)),
    )
    found = client.read_flow_runs(flow_run_filter=wanted, sort=FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC, limit=_PAGE)
    return [run for run in found if run.auto_scheduled or CATCH_UP in run.tags]


def _cancel(client: SyncPrefectClient, runs: list[FlowRun]) -> int:
    for run in runs:
        client.set_flow_run_state(run.id, Cancelled(message="Overdue: a later run reads all that is new."))
    return len(runs)
