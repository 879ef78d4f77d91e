"""The tasks that flows are made of: each opens the store, calls one job, and returns its counts.

Settings are read in each task and never travel: Prefect keeps parameters and results, and they would carry the
database's password. Nothing is cached (NO_CACHE): what is already done is known to the store, not to Prefect, which
would have to hash every input to guess it. Nothing is retried but fetching: the other steps fail for reasons that
do not pass.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run

from flows.artifacts import publish_brief
from flows.tracked import log_counts
from pipeline.brief.make import write_brief
from pipeline.errors import FetchError
from pipeline.jobs import reextract
from pipeline.jobs.cluster import cluster_themes
from pipeline.jobs.counts import EmbedCounts, FetchCounts, IngestCounts, LinkCounts, ThemeCounts
from pipeline.jobs.embed import embed_new
from pipeline.jobs.ingest import fetch_inputs, ingest_raws
from pipeline.jobs.link import link_register
from pipeline.jobs.quarantine import RetryCounts, retry_due
from pipeline.jobs.stale import close_stale_runs
from pipeline.settings import Settings
from pipeline.store.quarantine import load_due
from pipeline.store.raws import load_pending
from pipeline.store.reextractions import StoredFilter
from pipeline.store.runs import load_running
from pipeline.store.store import open_store

# A task costs 16 to 60 ms of Prefect's time and an article some 500 ms of ours: of 32 articles Prefect takes under 1 %,
# and what a killed task repeats is a quarter of a minute's work.
BATCH = 32

# Seconds before a page is asked for once more: a server that restarts or throttles is back, a dead address stays dead.
_RETRY_DELAYS = [5.0, 20.0]


@task(name="fetch", cache_policy=NO_CACHE, persist_result=False)
def fetch(inputs: list[str], source: str | None, given: Mapping[str, Any]) -> FetchCounts:
    """Fetch and store raw articles, each asked for once; failures stand in quarantine."""
    settings = Settings()
    with open_store(settings) as store:
        counts = fetch_inputs(store, inputs, settings=settings, given=given, source=source)
    log_counts(source or "inputs", counts)
    return counts


@task(
    name="fetch again",
    retries=len(_RETRY_DELAYS),
    retry_delay_seconds=_RETRY_DELAYS,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def fetch_again(address: str, source: str | None, given: Mapping[str, Any]) -> FetchCounts:
    """Ask for one page that failed in a way that may pass, until it comes or the attempts are used up."""
    counts: FetchCounts = fetch.fn([address], source, given)
    if counts.failures and task_run.run_count <= len(_RETRY_DELAYS):
        raise FetchError(counts.failures[0].reason, address=address)
    return counts


@task(name="find pending", cache_policy=NO_CACHE, persist_result=False)
def find_pending() -> list[str]:
    """The ids of all raw articles that were stored and not read: those just fetched, and what a killed run left."""
    with open_store(Settings()) as store:
        return load_pending(store)


@task(name="ingest batch", cache_policy=NO_CACHE, persist_result=False)
def ingest_batch(raw_ids: list[str], run_id: str | None = None) -> IngestCounts:
    """Read, extract and save one batch of raw articles, as a part of this run of ours."""
    settings = Settings()
    with open_store(settings) as store:
        counts = ingest_raws(store, raw_ids, settings=settings, run_id=run_id)
    log_counts(f"run {run_id}, {raw_ids[0]} to {raw_ids[-1]}", counts)
    return counts


@task(name="find stale", cache_policy=NO_CACHE, persist_result=False)
def find_stale(article_ids: list[str], since: date | None, publisher: str | None) -> list[str]:
    """The ids of the articles that another version of the pipeline has read, among those that are asked for."""
    settings = Settings()
    day = None if since is None else datetime.combine(since, time(), UTC)
    wanted = StoredFilter(article_ids=tuple(article_ids), since=day, publisher=publisher)
    with open_store(settings) as store:
        return reextract.find_stale(store, wanted, settings=settings)


@task(name="reextract batch", cache_policy=NO_CACHE, persist_result=False)
def reextract_batch(
    article_ids: list[str],
    run_id: str,
    from_raw: bool,  # noqa: FBT001 -- Prefect passes a task's parameters on as they come
) -> reextract.ReextractCounts:
    """Read one batch of stored articles anew, as a part of this run of ours."""
    settings = Settings()
    with open_store(settings) as store:
        counts = reextract.reextract_articles(store, article_ids, settings=settings, run_id=run_id, from_raw=from_raw)
    log_counts(f"run {run_id}, {article_ids[0]} to {article_ids[-1]}", counts)
    return counts


@task(name="find due", cache_policy=NO_CACHE, persist_result=False)
def find_due() -> tuple[int, list[str]]:
    """How many failures are to be tried again by now, and the ids of what was stored and left unread by a run that died.

    While an ingest run goes on, what is unread is its own to read.
    """
    with open_store(Settings()) as store:
        close_stale_runs(store)
        is_busy = any(run.kind == "ingest" for run in load_running(store))
        return len(load_due(store)), [] if is_busy else load_pending(store)


@task(name="retry", cache_policy=NO_CACHE, persist_result=False)
def retry() -> RetryCounts:
    """Try again what is due in quarantine, and link what came of it."""
    settings = Settings()
    with open_store(settings) as store:
        return retry_due(store, settings=settings)


@task(name="link", cache_policy=NO_CACHE, persist_result=False)
def link() -> LinkCounts:
    """Put all agreements into the rows of the register."""
    with open_store(Settings()) as store:
        return link_register(store)


@task(name="embed", cache_policy=NO_CACHE, persist_result=False)
def embed() -> EmbedCounts:
    """Embed the passages and claims that have no vector yet."""
    settings = Settings()
    with open_store(settings) as store:
        return embed_new(store, settings=settings)


@task(name="cluster", cache_policy=NO_CACHE, persist_result=False)
def cluster() -> ThemeCounts:
    """Have what is new join the themes there are, wait, or found new ones."""
    settings = Settings()
    with open_store(settings) as store:
        return cluster_themes(store, settings=settings)


@task(name="brief", cache_policy=NO_CACHE, persist_result=False)
def brief() -> str:
    """Write the morning brief under the data directory, one file a day, and on the run's page; returns its path."""
    settings = Settings()
    out = settings.home / "briefs" / f"{datetime.now(UTC):%Y-%m-%d}.html"
    with open_store(settings) as store:
        made = write_brief(store, out=out)
    publish_brief(made)
    return str(out)


def cut_batches(ids: Iterable[str], *, size: int = BATCH) -> list[list[str]]:
    """Ids in batches of 32, or of another size, in their order; the last one may be smaller."""
    pending = list(ids)
    return [pending[start : start + size] for start in range(0, len(pending), size)]
