"""Serving the plans from one process on one machine: it asks Prefect's server what is due, and starts a process for each run.

Killed, it starts again as it was: deployments are brought up to date, those of sources that are gone are deleted, and what
came due meanwhile is one run for each plan, not one for each time.
"""

import asyncio
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.runner import Runner
from prefect.settings import get_current_settings

from flows.deployments import LIMIT, TAG, Plan, make_deployment
from flows.limits import make_limits
from flows.overdue import CATCH_UP, keep_one
from flows.zombies import watch_runs
from pipeline.errors import EntenteError
from pipeline.jobs.stale import close_stale_runs
from pipeline.logs import get_logger
from pipeline.settings import Settings
from pipeline.sources.catalog import find_sources, load_catalog
from pipeline.store.sources import load_polled
from pipeline.store.store import Store, now, open_store
from pipeline.store.upkeep import note_upkeep

_LOGGER = get_logger(__name__)
_SERVED = "served"  # by this process: what a team has deployed to its pool is not ours to delete


def serve_plans(plans: Sequence[Plan], settings: Settings) -> None:
    """Register the plans with the Prefect server and run them when they are due, until interrupted.

    Each run is a process of its own that reads the settings (``ENTENTE_*``) from this process's environment.

    Raises:
        EntenteError: no Prefect server is configured, or it does not answer.
    """
    # Schedules go on while nobody serves them: what came due is made up for. Paused, a run at five that the machine slept
    # through would wait for the next day.
    runner = _Runner(name=TAG, limit=LIMIT, pause_on_shutdown=False)
    with find_server() as client, open_store(settings) as store:
        prepare(client)
        close_stale_runs(store)
        ids = {plan.name: _add(runner, plan) for plan in plans}
        forget_others(client, set(ids.values()))
        for plan in plans:
            catch_up(client, store, plan, ids[plan.name], settings)
        note_upkeep(store, "serve", {"plans": sorted(ids)})
    _LOGGER.info("serving", plans=[plan.name for plan in plans])
    try:
        asyncio.run(runner.start())
    except KeyboardInterrupt:
        _LOGGER.info("ended")  # runs under way are told to end: what they had saved stays


class _Runner(Runner):
    """Prefect's runner, which ends when it is told to."""

    def handle_sigterm(self, *_: object, **__: object) -> None:
        """End as after Ctrl-C: its own way waits for a coroutine that nobody runs (3.8.8), and has to be killed."""
        signal.raise_signal(signal.SIGINT)


@contextmanager
def find_server() -> Iterator[SyncPrefectClient]:
    """A client of the Prefect server that is configured.

    Raises:
        EntenteError: none is, or it does not answer.
    """
    if not get_current_settings().api.url:
        raise EntenteError("no Prefect server is configured: set PREFECT_API_URL, or run entente up, which starts one")
    with get_client(sync_client=True) as client:
        if (problem := client.api_healthcheck()) is not None:
            raise EntenteError(f"the Prefect server at {client.api_url} does not answer ({problem}); is it started?")
        yield client


def prepare(client: SyncPrefectClient) -> None:
    """Make what the flows count on in the server: the concurrency limits, and the watch over runs that die."""
    make_limits(client)
    watch_runs(client)


def forget_others(client: SyncPrefectClient, kept: set[UUID]) -> int:
    """Delete the deployments that were served once and are not now (a source that is gone); returns how many."""
    served = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG, _SERVED]))
    others = [each.id for each in client.read_deployments(deployment_filter=served) if each.id not in kept]
    for deployment_id in others:
        client.delete_deployment(deployment_id)
    return len(others)


def catch_up(client: SyncPrefectClient, store: Store, plan: Plan, deployment_id: UUID, settings: Settings) -> bool:
    """Leave exactly one run of what came due while nobody served; returns whether there is one.

    Prefect's server knows of it where it was up. Where it was down too, or has lost its database, the store does: its sources
    say when they were asked last.
    """
    if keep_one(client, deployment_id):
        return True
    if plan.flow != "ingest" or not is_overdue(store, plan, settings, now()):
        return False
    client.create_flow_run_from_deployment(deployment_id, tags=[*plan.tags, CATCH_UP])
    return True


def is_overdue(store: Store, plan: Plan, settings: Settings, moment: datetime) -> bool:
    """Whether a source of the plan should have been asked again by now; one that never was waits for its first time."""
    if plan.source is None:
        return False
    polled = load_polled(store)
    for source in find_sources(load_catalog(settings.sources), plan.source):
        state = polled.get(source.name)
        if state is None or state.polled_at is None or state.is_paused(moment):
            continue
        if source.times.next_after(state.polled_at) <= moment:
            return True
    return False


def _add(runner: Runner, plan: Plan) -> UUID:
    deployment = make_deployment(plan)
    deployment.tags = [*plan.tags, _SERVED]
    added = runner.add_deployment(deployment)
    assert isinstance(added, UUID)  # a coroutine only where a loop runs
    return added
