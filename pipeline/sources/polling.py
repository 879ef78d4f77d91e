"""Asking a source: for what it lists, and for the articles in it; only what has changed since is read."""

import hashlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from pipeline.records import RawArticle
from pipeline.settings import Settings
from pipeline.sources.answers import NotModified, Page, Validators
from pipeline.sources.catalog import Source, SourceKind, is_included, source_given
from pipeline.sources.given import check_given
from pipeline.sources.items import Item, Listing
from pipeline.sources.listing import read_listing
from pipeline.sources.urls import find_key
from pipeline.sources.web import fetch_if_changed

# Documents parsed at a time: each may take a core and 256 MB of memory, and hundreds may come in at once.
_PARSING = threading.BoundedSemaphore(max(1, min(4, os.cpu_count() or 1)))


@dataclass(frozen=True, kw_only=True)
class Known:
    """What came when an address was asked for last; all empty where it never was.

    Attributes:
        etag: the server's mark of that version, sent back to ask whether it still stands.
        last_modified: likewise, as the server wrote it.
        digest: SHA-256 of the bytes.
    """

    etag: str | None = None
    last_modified: str | None = None
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an address answered.

    Attributes:
        known: for asking the next time.
        listing: what a feed or sitemap lists; None where it has not changed, and for an article.
        raw: an article; None where it has not changed, and for a listing.
    """

    known: Known
    listing: Listing | None = None
    raw: RawArticle | None = field(default=None, repr=False)


def fetch_listing(address: str, *, known: Known, pace: float, settings: Settings) -> Answer:
    """Ask a feed or sitemap what it lists; what has not changed is neither sent (304) nor parsed (the same bytes).

    Raises:
        FetchError: it did not answer, or must not be asked.
        ReadError: it is neither feed nor sitemap, or a trap.
    """
    page = _ask(address, known=known, pace=pace, settings=settings)
    if isinstance(page, NotModified):
        return Answer(known=_note(page, known.digest))
    now_known = _note(page, hashlib.sha256(page.body).hexdigest())
    if now_known.digest == known.digest:
        return Answer(known=now_known)
    with _PARSING:
        listing = read_listing(
            page.body, media_type=page.media_type, address=page.url, max_bytes=settings.fetch_max_bytes
        )
    return Answer(known=now_known, listing=listing)


def fetch_item(item: Item, *, source: Source, known: Known, given: Mapping[str, Any], settings: Settings) -> Answer:
    """Fetch an article that a source lists.

    Args:
        item: the article.
        source: what is said of all its articles (publisher, language) is given to this one.
        known: what came from there last.
        given: metadata from options, which win over the source's.
        settings: limits of time and size.

    Raises:
        FetchError: it did not come, or must not be fetched.
    """
    page = _ask(item.address, known=known, pace=source.pace, settings=settings)
    if isinstance(page, NotModified):
        return Answer(known=_note(page, known.digest))
    raw = RawArticle(
        address=find_key(item.address),
        media_type=page.media_type,
        body=page.body,
        fetched_at=datetime.now(UTC),
        aliases=page.aliases,
        source=source.name,
        listed=item.given,
        given={**source_given(source), **check_given(given, where="options")},
    )
    return Answer(known=_note(page, raw.digest), raw=raw)


def find_items(source: Source, listing: Listing) -> list[Item]:
    """The items of a listing that the source's patterns and its ``since`` let pass."""
    return [item for item in listing.items if is_included(source, item.address) and not _is_before(source, item)]


def find_place(source: Source) -> str:
    """What is asked first: the address of a feed or sitemap, the first of listed pages, the path of a folder."""
    if source.kind is SourceKind.PAGES:
        return source.urls[0]
    return str(source.path) if source.kind is SourceKind.FOLDER else str(source.url)


def find_host(address: str) -> str:
    """The host (with its port) whose pace a request has to keep: ``example.org``, ``example.org:8080``."""
    try:
        return httpx.URL(address).netloc.decode("ascii")
    except (httpx.InvalidURL, UnicodeError):
        return ""  # it will be refused when it is asked


def _is_before(source: Source, item: Item) -> bool:
    day = item.given.get("published") or (item.stamp or "")[:10]
    # A stamp that is no ISO day begins with a weekday or an upper-case month, which stand after all digits.
    return source.since is not None and bool(day) and str(day) < source.since


def _ask(address: str, *, known: Known, pace: float, settings: Settings) -> Page | NotModified:
    validators = Validators(etag=known.etag, last_modified=known.last_modified)
    return fetch_if_changed(address, known=validators, pace=max(pace, settings.fetch_pace), settings=settings)


def _note(answer: Page | NotModified, digest: str) -> Known:
    said = answer.validators
    return Known(etag=said.etag, last_modified=said.last_modified, digest=digest)
