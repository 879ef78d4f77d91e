"""What stands in quarantine is tried again: what is due by its schedule, or what a person asks for."""

from collections.abc import Iterable

from pipeline.errors import InputError
from pipeline.jobs.counts import Failure, FetchCounts, IngestCounts
from pipeline.jobs.fetch import fetch_found
from pipeline.jobs.ingest import ingest_raws
from pipeline.jobs.link import link_register
from pipeline.jobs.runs import Run
from pipeline.jobs.sources import poll_sources
from pipeline.settings import Settings
from pipeline.sources.catalog import find_source, load_catalog
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

    What was fetched is read again from its kept bytes; only what has none is fetched, with what was given to it then. Of a
    feed or sitemap that failed its source is polled: it is no article.

    Raises:
        NotFoundError: there is no such id in quarantine.
    """
    return _retry_all(store, load_retries(store, failure_ids), settings=settings)


def _retry_all(store: Store, retries: list[Retry], *, settings: Settings) -> RetryCounts:
    with Run(store, "retry", settings=settings, given={"failures": [retry.id for retry in retries]}) as run:
        counts = RetryCounts.total([_retry_one(store, retry, settings, run.id) for retry in retries])
        run.note(counts)
        with run.time("link"):
            run.note(link_register(store))
    return counts


def _retry_one(store: Store, retry: Retry, settings: Settings, run_id: str) -> RetryCounts:
    found = FetchCounts(raw_ids=(retry.raw_id,)) if retry.raw_id else _fetch_again(store, retry, settings)
    read = ingest_raws(store, found.raw_ids, settings=settings, run_id=run_id)
    counts = IngestCounts.total([IngestCounts.of_fetch(found), read])
    is_mended = not any(_is_same(failure, retry) for failure in counts.failures)
    if is_mended:
        resolve_failure(store, retry.id)
    return RetryCounts(**dict(counts), tried=1, mended=int(is_mended))


def _fetch_again(store: Store, retry: Retry, settings: Settings) -> FetchCounts:
    if retry.stage != "source":
        found = find_addresses([retry.address])
        return fetch_found(store, found, settings=settings, given=retry.given, source=retry.source)
    try:
        source = find_source(load_catalog(settings.sources), retry.source or "")
    except InputError as error:  # it was taken out of the catalogue, or that cannot be read
        return FetchCounts(failures=(Failure.of(error, address=retry.address, stage="source"),))
    return poll_sources(store, [source], settings=settings, despite_pause=True)


def _is_same(failure: Failure, retry: Retry) -> bool:
    """Whether it failed at the same stage again; of a source, also the same document of it."""
    return failure.stage == retry.stage and (retry.stage != "source" or failure.address == retry.address)
