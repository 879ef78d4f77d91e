"""What stands in quarantine is tried again: what is due by its schedule, or what a person asks for."""

from collections.abc import Iterable

from pipeline.jobs.counts import IngestCounts
from pipeline.jobs.fetch import fetch_found
from pipeline.jobs.ingest import ingest_raws
from pipeline.jobs.link import link_register
from pipeline.jobs.runs import Run
from pipeline.settings import Settings
from pipeline.sources.inputs import find_addresses
from pipeline.store.quarantine import Retry, load_due, load_retries, resolve_failure
from pipeline.store.store import Store


class RetryCounts(IngestCounts):
    """What became of what was tried again."""

    tried: int = 0
    mended: int = 0  #: that stand in quarantine no more; what was fetched but cannot be read is there anew


def retry_due(store: Store, *, settings: Settings) -> RetryCounts:
    """Try again what is due by its schedule; recorded as a run where there is anything."""
    due = load_due(store)
    return _retry_all(store, due, settings=settings) if due else RetryCounts()


def retry_failures(store: Store, failure_ids: Iterable[str] | None, *, settings: Settings) -> RetryCounts:
    """Try these failures again now, whatever their schedule says; without ids, all.

    What was fetched is read again from its kept bytes; only what has none is fetched, with what was given to it then.

    Raises:
        NotFoundError: there is no such id in quarantine.
    """
    return _retry_all(store, load_retries(store, failure_ids), settings=settings)


def _retry_all(store: Store, retries: list[Retry], *, settings: Settings) -> RetryCounts:
    with Run(store, "retry", settings=settings, given={"failures": [retry.id for retry in retries]}) as run:
        counts = RetryCounts.total([_retry_one(store, retry, settings) for retry in retries])
        run.note(counts)
        run.note(link_register(store))
    return counts


def _retry_one(store: Store, retry: Retry, settings: Settings) -> RetryCounts:
    fetched = IngestCounts()
    raw_ids: tuple[str, ...] = (retry.raw_id,) if retry.raw_id else ()
    if not raw_ids:
        found = fetch_found(store, find_addresses([retry.address]), settings=settings, given=retry.given)
        fetched, raw_ids = IngestCounts.of_fetch(found), found.raw_ids
    read = IngestCounts() if fetched.failures else ingest_raws(store, raw_ids, settings=settings)
    counts = IngestCounts.total([fetched, read])
    is_mended = not any(failure.stage == retry.stage for failure in counts.failures)
    if is_mended:
        resolve_failure(store, retry.id)
    return RetryCounts(**dict(counts), tried=1, mended=int(is_mended))
