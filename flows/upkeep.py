"""The flow that looks after the store and after Prefect's own database, once a day; tracked by Prefect."""

from datetime import UTC, datetime, timedelta

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterEndTime
from prefect.exceptions import ObjectNotFound

from flows.artifacts import publish_counts
from flows.overdue import cancel_overdue
from flows.tracked import start_logs
from pipeline.jobs.backup import make_backup
from pipeline.jobs.counts import Counts
from pipeline.jobs.retention import keep_quotes
from pipeline.jobs.stale import close_stale_runs
from pipeline.settings import Settings
from pipeline.store.runs import delete_idle_runs
from pipeline.store.store import open_store

_PAGE = 200  # the most that Prefect's server gives at once
_BACKUPS = 7  # a week: what went wrong on Friday evening is seen on Monday


class UpkeepCounts(Counts):
    """What was tidied up."""

    crashed: int = 0  #: runs that said "running" and whose process was gone
    raws: int = 0  #: fetched articles whose bytes were let go
    texts: int = 0  #: texts of which the quotes are left
    runs: int = 0  #: old runs of Entente's own that had made nothing
    flow_runs: int = 0  #: finished flow runs that left Prefect's database
    backups: int = 0  #: written, and tried by making a store of it


@flow(name="upkeep", persist_result=False)
def upkeep() -> UpkeepCounts:
    """Close runs that have died, let go of what is not to be kept any longer, delete old flow runs, and back up."""
    start_logs()
    cancel_overdue()
    counts = UpkeepCounts.total([tidy_store(), tidy_prefect(), back_up()])
    publish_counts("upkeep-counts", [counts])
    return counts


@task(name="tidy store", cache_policy=NO_CACHE, persist_result=False)
def tidy_store() -> UpkeepCounts:
    """Close runs that have died; drop bytes and texts by ``ENTENTE_KEEP_TEXT_DAYS``, and runs that made nothing."""
    settings = Settings()
    with open_store(settings) as store:
        crashed = close_stale_runs(store)
        for run in crashed:
            get_run_logger().warning("run %s (%s) has crashed", run.id, run.kind)
        dropped = keep_quotes(store, settings=settings)
        idle = delete_idle_runs(store, _find_bound(settings))
    return UpkeepCounts(crashed=len(crashed), raws=dropped.raws, texts=dropped.texts, runs=idle)


@task(name="tidy Prefect", cache_policy=NO_CACHE, persist_result=False)
def tidy_prefect() -> UpkeepCounts:
    """Delete the flow runs that ended longer ago than ``ENTENTE_PREFECT_KEEP_DAYS``, with their logs and task runs."""
    with get_client(sync_client=True) as client:
        return UpkeepCounts(flow_runs=delete_ended(client, _find_bound(Settings())))


@task(name="back up", cache_policy=NO_CACHE, persist_result=False)
def back_up() -> UpkeepCounts:
    """Write a backup into ``ENTENTE_BACKUP_DIR``, where one is named; the last task, so that a full disk stops no other."""
    settings = Settings()
    if settings.backup_dir is None:
        return UpkeepCounts()
    made = make_backup(settings.backup_dir, settings=settings, keep=_BACKUPS)
    get_run_logger().info("backup %s, %d bytes, %d rows", made.path, made.size, made.rows)
    return UpkeepCounts(backups=1)


def delete_ended(client: SyncPrefectClient, before: datetime) -> int:
    """Delete the flow runs that ended before a moment; returns how many."""
    wanted = FlowRunFilter(end_time=FlowRunFilterEndTime(before_=before))
    deleted = 0
    while ended := client.read_flow_runs(flow_run_filter=wanted, limit=_PAGE):
        for run in ended:
            try:
                client.delete_flow_run(run.id)
            except ObjectNotFound:  # Prefect's own vacuum was quicker
                continue
        deleted += len(ended)
    return deleted


def _find_bound(settings: Settings) -> datetime:
    return datetime.now(UTC) - timedelta(days=settings.prefect_keep_days)
