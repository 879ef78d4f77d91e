"""What runs when: a plan for each source that has times of its own, one for the others, and what looks after the store.

``entente serve`` serves the plans from one process on one machine (:mod:`flows.serving`); a team with a worker pool deploys
the same plans by ``prefect.yaml`` (:mod:`flows.manifest`).
"""

from datetime import timedelta
from typing import Any, Literal

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType
from pydantic import Field, PositiveFloat

from flows.evaluate import evaluate
from flows.ingest import ingest
from flows.quarantine import quarantine
from flows.reextract import reextract
from flows.themes import themes
from flows.upkeep import upkeep
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.sources.catalog import REST, Source, find_sources, load_catalog
from pipeline.sources.times import EVERY_MORNING

# One run at a time. Without a limit a runner that was down launches all overdue runs at once (53 processes after three
# and a half minutes); with it they wait, and the first of them cancels the others (flows/overdue.py).
LIMIT = 1

#: On every deployment of ours, and so on its runs.
TAG = "entente"

# Seconds. The shortest pause of a failure is a quarter of an hour; a look that finds nothing due costs three queries.
_RETRY_EVERY = 900.0

FlowName = Literal["ingest", "quarantine", "themes", "reextract", "evaluate", "upkeep"]
FLOWS: dict[FlowName, Flow[..., Any]] = {
    "ingest": ingest,
    "quarantine": quarantine,
    "themes": themes,
    "reextract": reextract,
    "evaluate": evaluate,
    "upkeep": upkeep,
}


class Plan(Record):
    """A flow, what it is given, and when it runs: by a cron expression (UTC), every so many seconds, or when it is asked to."""

    name: str
    description: str = ""
    flow: FlowName = "ingest"
    source: str | None = None  #: of the catalogue, or "*", "*rest"; without inputs, what is new there
    inputs: tuple[str, ...] = ()
    cron: str | None = Field(default=None, description='minute hour day month weekday: "0 5 * * *" is 05:00 UTC daily')
    every: PositiveFloat | None = Field(default=None, description="seconds between two starts, where cron is not given")

    @property
    def tags(self) -> list[str]:
        """By which its runs are found: ``["entente", "ingest"]``."""
        return [TAG, self.flow]

    @property
    def parameters(self) -> dict[str, Any]:
        """What its flow is given."""
        return {"inputs": list(self.inputs), "source": self.source} if self.flow == "ingest" else {}


_UPKEEP = (
    Plan(
        name="retry-quarantine",
        description="What failed and is due, and what a run that died left unread; where there is neither, three queries.",
        flow="quarantine",
        every=_RETRY_EVERY,
    ),
    Plan(
        name="weekly-themes",
        description="The themes of everything in the store; the ingest flow finds them too, after each run.",
        flow="themes",
        cron="0 3 * * 0",
    ),
    Plan(
        name="daily-upkeep",
        description="Runs that have died are closed, old texts let go where that is wanted, old flow runs deleted.",
        flow="upkeep",
        cron="30 3 * * *",
    ),
    Plan(
        name="reextract",
        description="Reads all articles anew that another version has read; runs when it is asked to.",
        flow="reextract",
    ),
    Plan(name="evaluate", description="How right the pipeline is; runs when it is asked to.", flow="evaluate"),
)


def make_plans(settings: Settings) -> tuple[Plan, ...]:
    """A plan for each enabled source with a schedule of its own, one for all others every morning, and those for upkeep.

    The others are one run, since all hosts are asked at once.

    Raises:
        InputError: there is no catalogue, or it is wrong: better now than at five in the morning.
    """
    catalog = load_catalog(settings.sources)
    own = [_plan_source(source) for source in catalog if source.enabled and source.has_own_times]
    rest = Plan(
        name="sources",
        description="What is new in all enabled sources of the catalogue that have no times of their own.",
        source=REST,
        cron=EVERY_MORNING,
    )
    has_rest = bool(find_sources(catalog, REST)) or not own
    return (*([rest] if has_rest else []), *own, *_UPKEEP)


def _plan_source(source: Source) -> Plan:
    return Plan(
        name=f"source-{source.name}",
        description=f"What is new in {source.title or source.name}.",
        source=source.name,
        cron=source.times.cron,
        every=source.times.every,
    )


def make_deployment(plan: Plan) -> RunnerDeployment:
    """A plan as Prefect knows it, for a runner that runs one at a time anyway.

    A limit of the deployment's own would outlive a Prefect server that is killed, and let no run through any more.
    """
    return RunnerDeployment.from_flow(
        FLOWS[plan.flow],
        name=plan.name,
        cron=plan.cron,
        interval=None if plan.every is None else timedelta(seconds=plan.every),
        parameters=plan.parameters,
        description=plan.description,
        tags=plan.tags,
        # By module, so that the runs find the flow from whatever directory the server was started in.
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
