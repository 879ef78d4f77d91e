"""One poll of many sources: who is asked what, and what is made of the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Any, Self

from pipeline.errors import ArticleError, PassingError
from pipeline.jobs.counts import FetchCounts
from pipeline.jobs.fetch import fetch_found, join_counts, keep_failure, keep_raw, keep_source_failure, run_fetch
from pipeline.settings import Settings
from pipeline.sources.catalog import Source, SourceKind, find_source_addresses, source_given
from pipeline.sources.items import Below, Item
from pipeline.sources.polling import Answer, Known, fetch_item, fetch_listing, find_host, find_items, find_place
from pipeline.sources.rounds import Done, Errand, Rounds
from pipeline.store.sources import (
    DocumentState,
    load_documents,
    load_waiting,
    save_document,
    save_done,
    save_source_failure,
    save_success,
)
from pipeline.store.store import Store

# Sitemaps below one index that are asked in one poll: a site's archive of years is read over several.
_MOST_BELOW = 50
_DEEPEST = 2  # an index below an index is rare, and one below that a circle


@dataclass(kw_only=True)
class _Polled:
    """A source while it is polled."""

    source: Source
    view: str  # what the catalogue lets pass: with another view, what is known has to be looked at anew
    documents: dict[str, DocumentState]
    asked: set[str] = field(default_factory=set)  # addresses of documents and items
    items: int = 0  # asked for
    new: int = 0  # items that were not known
    came: int = 0  # answers
    skipped: int = 0  # not asked: their host did not answer others
    failures: list[ArticleError] = field(default_factory=list)  # of its first document, and of listed pages


@dataclass(frozen=True, kw_only=True)
class _Subject:
    """What an errand is about: an article, or a document with its depth below the first and its stamp."""

    polled: _Polled
    address: str
    item: Item | None = None
    stamp: str | None = None
    depth: int = 0


class Poll:
    """A poll under way: a context manager. Begin with each source, run, end with the counts."""

    def __init__(self, store: Store, *, settings: Settings, given: Mapping[str, Any]) -> None:
        self._store = store
        self._settings = settings
        self._given = given
        self._polled: list[_Polled] = []
        self._parts: list[FetchCounts] = []
        self._rounds: Rounds[_Subject, Answer] = Rounds()

    def __enter__(self) -> Self:
        self._rounds.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rounds.__exit__(kind, error, trace)

    def begin(self, source: Source) -> None:
        """Ask a source for what it has; a folder is read at once."""
        view = f"{source.include} {source.exclude} {source.since}"
        polled = _Polled(source=source, view=view, documents=load_documents(self._store, source.name))
        self._polled.append(polled)
        if source.kind is SourceKind.FOLDER:
            given = {**source_given(source), **self._given}
            found = find_source_addresses(source)
            self._parts.append(
                fetch_found(self._store, found, settings=self._settings, given=given, source=source.name)
            )
        elif source.kind is SourceKind.PAGES:
            found = find_source_addresses(source)
            polled.failures.extend(found.failures)
            given = {**source_given(source), **self._given}
            self._parts.extend(
                keep_failure(self._store, error, given=given, source=source.name) for error in found.failures
            )
            for address in found.addresses:
                self._ask_item(polled, Item(address=address))
        else:
            self._ask_document(_Subject(polled=polled, address=find_place(source)))

    def run(self) -> None:
        """Until all that was asked is answered."""
        for done in self._rounds:
            if done.is_skipped:  # an item stays waiting, and the next poll asks again
                done.errand.subject.polled.skipped += 1
            elif done.errand.subject.item is None:
                self._take_document(done, done.errand.subject)
            else:
                self._take_item(done, done.errand.subject, done.errand.subject.item)

    def end(self) -> FetchCounts:
        """Note how each source did, and give back what came of all."""
        for polled in self._polled:
            source = polled.source
            # Of a list of pages some may be gone: it fails where none of them answers.
            if polled.failures and not (polled.came and source.kind is SourceKind.PAGES):
                self._note_failure(polled, polled.failures[0])
            elif polled.came or not polled.skipped:  # of one that was not asked nothing is known
                save_success(self._store, source.name, authority=source.authority, is_changed=polled.new > 0)
        return join_counts(self._parts)

    def _note_failure(self, polled: _Polled, error: ArticleError) -> None:
        source = polled.source
        retry_after = error.retry_after if isinstance(error, PassingError) else None
        save_source_failure(
            self._store, source.name, authority=source.authority, reason=str(error), retry_after=retry_after
        )

    def _ask_document(self, subject: _Subject) -> None:
        polled = subject.polled
        if subject.address in polled.asked:
            return
        polled.asked.add(subject.address)
        state = polled.documents.get(subject.address)
        is_same_view = state is not None and (state.stamp or "").endswith(polled.view)
        run = partial(
            fetch_listing,
            subject.address,
            known=_to_known(state) if is_same_view else Known(),
            pace=polled.source.pace,
            settings=self._settings,
        )
        self._add(subject, run)

    def _ask_item(self, polled: _Polled, item: Item) -> None:
        if item.address in polled.asked:
            return
        polled.asked.add(item.address)
        polled.items += 1
        run = partial(
            fetch_item,
            item,
            source=polled.source,
            known=_to_known(polled.documents.get(item.address)),
            given=self._given,
            settings=self._settings,
        )
        self._add(_Subject(polled=polled, address=item.address, item=item), run)

    def _add(self, subject: _Subject, run: "partial[Answer]") -> None:
        pace = max(subject.polled.source.pace, self._settings.fetch_pace)
        run = partial(run_fetch, run, address=subject.address)
        self._rounds.add(Errand(subject=subject, host=find_host(subject.address), pace=pace, run=run))

    def _take_document(self, done: Done[_Subject, Answer], subject: _Subject) -> None:
        polled = subject.polled
        if done.error is not None:
            name = polled.source.name
            self._parts.append(keep_source_failure(self._store, done.error, address=subject.address, source=name))
            if subject.depth == 0:  # one of many sitemaps below an index does not make a source fail
                polled.failures.append(done.error)
        if done.result is not None:
            polled.came += 1
            self._take_listing(done.result, subject)
        if subject.depth == 0 or done.result is not None:
            self._ask_waiting(polled)

    def _take_listing(self, answer: Answer, subject: _Subject) -> None:
        polled = subject.polled
        items = find_items(polled.source, answer.listing) if answer.listing else []
        below = _choose(answer.listing.below, polled) if answer.listing else []
        # An index is read each time: what stands below it may change without it, or be left over for the next poll.
        known = answer.known if not below else Known()
        state = _to_state(subject.address, known, stamp=f"{subject.stamp or ''} {polled.view}")
        polled.new += save_document(self._store, polled.source.name, state, items)
        if subject.depth < _DEEPEST:
            for each in below:
                self._ask_document(
                    _Subject(polled=polled, address=each.address, stamp=each.stamp, depth=subject.depth + 1)
                )

    def _ask_waiting(self, polled: _Polled) -> None:
        for item in load_waiting(self._store, polled.source.name, limit=polled.source.most):
            if polled.items < polled.source.most:
                self._ask_item(polled, item)

    def _take_item(self, done: Done[_Subject, Answer], subject: _Subject, item: Item) -> None:
        polled = subject.polled
        name = polled.source.name
        if done.error is not None:
            given = {**source_given(polled.source), **self._given}
            self._parts.append(keep_failure(self._store, done.error, given=given, address=item.address, source=name))
            if polled.source.kind is SourceKind.PAGES:
                polled.failures.append(done.error)
        if done.result is not None:
            polled.came += 1
            raw = done.result.raw
            self._parts.append(keep_raw(self._store, raw, asked=item.address) if raw else FetchCounts(known=1))
            state = _to_state(item.address, done.result.known)
            polled.new += save_document(self._store, name, state, [item] if raw else [])
        # What may pass stays waiting: the next poll asks again, with what the catalogue says of it.
        if not isinstance(done.error, PassingError):
            save_done(self._store, name, [item.address])


def _choose(below: Iterable[Below], polled: _Polled) -> list[Below]:
    """The sitemaps below an index that are worth asking: changed ones, the latest first; then those without a stamp."""
    waiting = [each for each in below if not _is_same(each, polled)]
    stamped = sorted((each for each in waiting if each.stamp), key=lambda each: each.stamp or "", reverse=True)
    unstamped = sorted((each for each in waiting if not each.stamp), key=lambda each: _last_asked(each, polled))
    return [*stamped, *unstamped][:_MOST_BELOW]


def _is_same(below: Below, polled: _Polled) -> bool:
    state = polled.documents.get(below.address)
    return below.stamp is not None and state is not None and state.stamp == f"{below.stamp} {polled.view}"


def _last_asked(below: Below, polled: _Polled) -> float:
    state = polled.documents.get(below.address)
    return state.fetched_at.timestamp() if state and state.fetched_at else 0.0


def _to_known(state: DocumentState | None) -> Known:
    if state is None:
        return Known()
    return Known(etag=state.etag, last_modified=state.last_modified, digest=state.digest)


def _to_state(address: str, known: Known, *, stamp: str | None = None) -> DocumentState:
    return DocumentState(
        address=address, stamp=stamp, etag=known.etag, last_modified=known.last_modified, digest=known.digest
    )
