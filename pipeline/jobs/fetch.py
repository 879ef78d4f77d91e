"""Addresses become stored raw articles; what cannot be fetched goes into quarantine and stops nothing."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from pipeline.errors import ArticleError, EntenteError, FetchError, PassingError
from pipeline.jobs.counts import Failure, FetchCounts
from pipeline.jobs.schedule import find_delays
from pipeline.logs import get_logger
from pipeline.records import RawArticle
from pipeline.settings import Settings
from pipeline.sources.inputs import FoundInputs, fetch_article
from pipeline.store.quarantine import NewFailure, save_failure
from pipeline.store.raws import save_raw
from pipeline.store.store import Store

T = TypeVar("T")

_LOGGER = get_logger(__name__)


def fetch_found(
    store: Store, found: FoundInputs, *, settings: Settings, given: Mapping[str, Any], source: str | None = None
) -> FetchCounts:
    """Fetch what inputs lead to, one after the other, and keep the failure of those that lead nowhere.

    Args:
        store: where to.
        found: see :func:`pipeline.sources.inputs.find_addresses`.
        settings: the settings.
        given: metadata that overrides what the articles carry.
        source: the source of the catalogue that they are from.
    """
    parts = [keep_failure(store, error, given=given, source=source) for error in found.failures]
    parts += [_fetch_one(store, address, settings=settings, given=given, source=source) for address in found.addresses]
    return join_counts(parts)


def run_fetch(run: Callable[[], T], *, address: str) -> T:
    """What a fetch gives; a fault of ours in one must cost neither the others nor the other sources of a poll.

    Args:
        run: fetches.
        address: what from.

    Raises:
        FetchError: anything went wrong that no error of ours tells of.
    """
    try:
        return run()
    except EntenteError:
        raise
    except Exception as error:
        _LOGGER.exception("fetch failed unexpectedly", address=address)
        raise FetchError(f"{address}: {type(error).__name__}: {error}", address=address) from error


def keep_raw(store: Store, raw: RawArticle, *, asked: str) -> FetchCounts:
    """Store what was fetched from the address that was asked for, before anything is made of it."""
    saved = save_raw(store, raw, asked=asked)
    return FetchCounts(known=1) if saved.is_known else FetchCounts(raw_ids=(saved.raw_id,))


def keep_failure(
    store: Store,
    error: ArticleError,
    *,
    given: Mapping[str, Any],
    address: str | None = None,
    source: str | None = None,
) -> FetchCounts:
    """Put into quarantine what could not be fetched, with its reason and what another try needs.

    Args:
        store: where to.
        error: what went wrong.
        given: metadata for the article.
        address: what was asked for; the error's own may be shortened to be shown.
        source: the source of the catalogue that it is from.
    """
    failure = Failure.of(error, address=address or error.address, stage=error.stage)
    retry_after = error.retry_after if isinstance(error, PassingError) else None
    facts = failure.model_dump(include={"address", "stage", "reason"})
    delays = find_delays(failure, retry_after=retry_after)
    save_failure(store, NewFailure(raw=error.raw, given=dict(given), source=source, delays=delays, **facts))
    _LOGGER.info("not fetched", address=failure.address, stage=error.stage, reason=str(error))
    return FetchCounts(failures=(failure,))


def keep_source_failure(store: Store, error: ArticleError, *, address: str, source: str) -> FetchCounts:
    """Put into quarantine a feed or sitemap that did not come or cannot be read; its source's next poll asks again."""
    failure = Failure(address=address, stage="source", reason=str(error), exit_code=error.exit_code)
    facts = failure.model_dump(include={"address", "stage", "reason"})
    save_failure(store, NewFailure(raw=error.raw, source=source, **facts))
    _LOGGER.info("source failed", source=source, address=address, reason=str(error))
    return FetchCounts(failures=(failure,))


def join_counts(parts: Iterable[FetchCounts]) -> FetchCounts:
    """The sum, each raw article once."""
    counts = FetchCounts.total(parts)
    return counts.model_copy(update={"raw_ids": tuple(dict.fromkeys(counts.raw_ids))})


def _fetch_one(
    store: Store, address: str, *, settings: Settings, given: Mapping[str, Any], source: str | None
) -> FetchCounts:
    try:
        raw = run_fetch(partial(fetch_article, address, settings=settings, given=given), address=address)
    except ArticleError as error:
        return keep_failure(store, error, given=given, address=address, source=source)
    return keep_raw(store, raw.model_copy(update={"source": source}), asked=address)
