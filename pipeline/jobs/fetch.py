"""Addresses become stored raw articles; what cannot be fetched goes into quarantine and stops nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.errors import ArticleError
from pipeline.jobs.counts import Failure, FetchCounts
from pipeline.logs import get_logger
from pipeline.records import RawArticle
from pipeline.settings import Settings
from pipeline.sources.inputs import FoundInputs, fetch_article
from pipeline.store.quarantine import save_failure
from pipeline.store.raws import save_raw
from pipeline.store.store import Store

_LOGGER = get_logger(__name__)


def fetch_found(store: Store, found: FoundInputs, *, settings: Settings, given: Mapping[str, Any]) -> FetchCounts:
    """Fetch what inputs lead to, one after the other, and keep the failure of those that lead nowhere.

    Args:
        store: where to.
        found: see :func:`pipeline.sources.inputs.find_addresses`.
        settings: the settings.
        given: metadata that overrides what the articles carry.
    """
    parts = [keep_failure(store, error) for error in found.failures]
    parts += [_fetch_one(store, address, settings=settings, given=given) for address in found.addresses]
    return join_counts(parts)


def keep_raw(store: Store, raw: RawArticle) -> FetchCounts:
    """Store what was fetched, before anything is made of it."""
    saved = save_raw(store, raw)
    return FetchCounts(known=1) if saved.is_known else FetchCounts(raw_ids=(saved.raw_id,))


def keep_failure(store: Store, error: ArticleError) -> FetchCounts:
    """Put into quarantine what could not be fetched, with its reason."""
    save_failure(store, address=error.address, stage=error.stage, reason=str(error), raw=error.raw)
    _LOGGER.info("not fetched", address=error.address, stage=error.stage, reason=str(error))
    return FetchCounts(failures=(Failure.of(error, address=error.address, stage=error.stage),))


def join_counts(parts: Iterable[FetchCounts]) -> FetchCounts:
    """The sum, each raw article once."""
    counts = FetchCounts.total(parts)
    return counts.model_copy(update={"raw_ids": tuple(dict.fromkeys(counts.raw_ids))})


def _fetch_one(store: Store, address: str, *, settings: Settings, given: Mapping[str, Any]) -> FetchCounts:
    try:
        raw = fetch_article(address, settings=settings, given=given)
    except ArticleError as error:
        return keep_failure(store, error)
    return keep_raw(store, raw)
