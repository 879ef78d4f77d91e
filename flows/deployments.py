"""Scheduled flows: what runs when, served from one process on one machine.

A team with a worker pool deploys the same flows by ``prefect.yaml`` instead.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType
from pydantic import Field, PositiveFloat

from flows.ingest import ingest
from flows.quarantine import quarantine
from flows.themes import themes
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.sources.catalog import ALL, load_catalog

# One run at a time. Without a limit a runner that was down launches all overdue runs at once (53 processes after three
# and a half minutes); with it they wait, and do nothing, since the first of them has done all there was.
_LIMIT = 1

# 05:00 UTC: the night's news is out, and the brief is there when Europe comes to its desks.
_EVERY_MORNING = "0 5 * * *"

# Seconds. The shortest pause of a failure is a quarter of an hour; a look that finds nothing due costs one query.
_RETRY_EVERY = 900.0

_FLOWS: dict[str, Flow[..., Any]] = {"ingest": ingest, "quarantine": quarantine, "themes": themes}


class Plan(Record):
    """A flow, what it is given, and when it runs: by a cron expression (UTC), or every so many seconds."""

    name: str
    flow: Literal["ingest", "quarantine", "themes"] = "ingest"
    source: str | None = None  #: of the catalogue, "*" for all that are enabled; without inputs, what is new there
    inputs: tuple[str, ...] = ()
    cron: str | None = Field(default=None, description='minute hour day month weekday: "0 5 * * *" is 05:00 UTC daily')
    every: PositiveFloat | None = Field(default=None, description="seconds between two starts, where cron is not given")


def make_plans(settings: Settings) -> tuple[Plan, ...]:
    """One plan for all sources of the catalogue that are enabled, every morning: their hosts are asked at once.

    And one for what is due in quarantine, every quarter of an hour.

    Raises:
        InputError: there is no catalogue, or it is wrong: better now than at five in the morning.
    """
    load_catalog(settings.sources)
    retries = Plan(name="retry-quarantine", flow="quarantine", every=_RETRY_EVERY)
    return (Plan(name="sources", source=ALL, cron=_EVERY_MORNING), retries)


def serve_plans(plans: Sequence[Plan]) -> None:
    """Register the plans with the Prefect server and run them when they are due, until interrupted.

    Each run is a process of its own that reads the settings (``ENTENTE_*``) from this process's environment.
    """
    serve(*[make_deployment(plan) for plan in plans], limit=_LIMIT, print_starting_message=False)


def make_deployment(plan: Plan) -> RunnerDeployment:
    """A plan as Prefect knows it."""
    flow = _FLOWS[plan.flow]
    given = {"inputs": list(plan.inputs), "source": plan.source}
    return RunnerDeployment.from_flow(
        flow,
        name=plan.name,
        cron=plan.cron,
        interval=None if plan.every is None else timedelta(seconds=plan.every),
        parameters=given if plan.flow == "ingest" else {},
        concurrency_limit=_LIMIT,
        # By module, so that the runs find the flow from whatever directory the server was started in.
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
