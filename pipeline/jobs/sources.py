"""Polling the sources of the catalogue: what is new in each is fetched and stored, every host at its own pace.

What is new is told by the set of items that a source has ever shown, not by a time. A source that fails is left alone
for a while, longer each time; the others do not notice. What a killed run left unfetched, the next poll fetches.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from pipeline.errors import PassingError
from pipeline.jobs.counts import FetchCounts
from pipeline.jobs.poll import Poll
from pipeline.logs import get_logger
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.sources.catalog import Source, SourceKind, find_source_addresses
from pipeline.sources.items import Item
from pipeline.sources.polling import Answer, Known, fetch_item, fetch_listing, find_host, find_items, find_place
from pipeline.sources.rounds import Done, Errand, Rounds
from pipeline.store.sources import load_source_states, save_source_failure, save_success
from pipeline.store.store import Store, now

_LOGGER = get_logger(__name__)


class Checked(Record):
    """How a source has answered when it was looked at."""

    source: str
    is_ok: bool
    items: int = 0  #: that the catalogue's patterns let pass; of an index of sitemaps, the sitemaps
    reason: str | None = None  #: why it is not well, or what is odd


def poll_sources(
    store: Store,
    sources: Iterable[Source],
    *,
    settings: Settings,
    given: Mapping[str, Any] | None = None,
    despite_pause: bool = False,
) -> FetchCounts:
    """Ask sources for what is new, fetch it and store it as raw articles.

    Args:
        store: where to.
        sources: of the catalogue.
        settings: the settings.
        given: metadata from options, which win over the catalogue's.
        despite_pause: ask also those that keep failing and are left alone for now.

    Returns:
        The ids of raw articles still to be read; failed articles (they stand in quarantine) and failed sources; how
        many sources were left alone because they keep failing.
    """
    states, at, resting = load_source_states(store), now(), 0
    with Poll(store, settings=settings, given=given or {}) as poll:
        for source in sources:
            state = states.get(source.name)
            is_paused = state is not None and state.next_try is not None and state.next_try > at
            if state is not None and is_paused and not despite_pause:
                resting += 1
                _LOGGER.info("source left alone", source=source.name, until=str(state.next_try), reason=state.reason)
            else:
                poll.begin(source)
        poll.run()
        return poll.end().model_copy(update={"resting": resting})


def check_sources(store: Store, sources: Sequence[Source], *, settings: Settings) -> list[Checked]:
    """Look whether sources answer and what they list; no article is fetched, and nothing counts as seen.

    A source that had failed and answers now is polled again from now on; one that fails is left alone for longer. Of a
    list of pages the first is asked.
    """
    rounds: Rounds[Source, Answer] = Rounds()
    with rounds:
        found = [_check_folder(source) for source in sources if source.kind is SourceKind.FOLDER]
        for source in sources:
            if source.kind is not SourceKind.FOLDER:
                rounds.add(_make_errand(source, settings))
        found += [_judge(store, done) for done in rounds]
    by_name = {checked.source: checked for checked in found}
    return [by_name[source.name] for source in sources]


def _make_errand(source: Source, settings: Settings) -> Errand[Source, Answer]:
    place = find_place(source)
    run = partial(fetch_listing, place, known=Known(), pace=source.pace, settings=settings)
    if source.kind is SourceKind.PAGES:
        item = Item(address=place)
        run = partial(fetch_item, item, source=source, known=Known(), given={}, settings=settings)
    return Errand(subject=source, host=find_host(place), pace=source.pace, run=run)


def _judge(store: Store, done: Done[Source, Answer]) -> Checked:
    source = done.errand.subject
    if done.is_skipped:
        return Checked(source=source.name, is_ok=False, reason="not asked: its host did not answer others")
    if done.result is None:
        error = done.error
        retry_after = error.retry_after if isinstance(error, PassingError) else None
        save_source_failure(store, source.name, authority=source.authority, reason=str(error), retry_after=retry_after)
        return Checked(source=source.name, is_ok=False, reason=str(error))
    save_success(store, source.name, authority=source.authority, is_changed=False)
    listing = done.result.listing
    if listing is None:
        return Checked(source=source.name, is_ok=True, items=len(source.urls))
    items = len(find_items(source, listing)) or len(listing.below)
    reason = None if items else "it answers, but lists nothing that include and exclude let pass"
    return Checked(source=source.name, is_ok=True, items=items, reason=reason)


def _check_folder(source: Source) -> Checked:
    found = find_source_addresses(source)
    reason = str(found.failures[0]) if found.failures else None
    return Checked(source=source.name, is_ok=not found.failures, items=len(found.addresses), reason=reason)
