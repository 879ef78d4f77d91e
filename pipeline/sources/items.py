"""What a feed or a sitemap lists: articles by their addresses, with what it says of them."""

import email.utils
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx
import nh3

from pipeline.errors import RefusedError
from pipeline.sources.urls import normalise_url

_MOST = 500  # characters of a title or name: what is longer is a text that landed in the wrong field
_STAMP_MOST = 64  # characters of a time stamp: any real one is shorter
_ISO_DAY = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_UNSTORABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")  # control characters and halves of UTF-16 pairs


@dataclass(frozen=True, kw_only=True)
class Item:
    """One article that a source lists.

    Attributes:
        address: canonical (see :func:`pipeline.sources.urls.normalise_url`).
        stamp: when it was last changed, in the source's own words: only ever compared with itself.
        given: what the source says of it, of ``title``, ``published`` (an ISO day) and ``authors``.
    """

    address: str
    stamp: str | None = None
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Below:
    """A sitemap that an index of sitemaps names, and when it was last changed, as the index says."""

    address: str
    stamp: str | None = None


@dataclass(frozen=True, kw_only=True)
class Listing:
    """All that one document lists, in its own order, each address once."""

    items: tuple[Item, ...] = ()
    below: tuple[Below, ...] = ()


def make_item(link: object, *, base: str, stamp: object = None, **said: object) -> Item | None:
    """An item from what a document has in it, cleaned; None where its link is no web address.

    Args:
        link: absolute, or relative to ``base``: ``../news/1?utm_source=rss``.
        base: the address of the document.
        stamp: when it was last changed.
        said: ``title``, ``published`` (any usual form of a day) and ``authors`` (names).
    """
    address = clean_address(link, base=base)
    if address is None:
        return None
    names = said.get("authors")
    cleaned = {
        "title": clean_title(said.get("title")),
        "published": find_day(said.get("published")),
        "authors": clean_names(names if isinstance(names, list | tuple) else ()),
    }
    given = {key: value for key, value in cleaned.items() if value}
    return Item(address=address, stamp=clean_stamp(stamp), given=given)


def join_items(items: Iterable[Item | None]) -> tuple[Item, ...]:
    """The items that are some, each address once: the first, since feeds stand with their newest in front."""
    joined: dict[str, Item] = {}
    for item in items:
        if item is not None:
            joined.setdefault(item.address, item)
    return tuple(joined.values())


def clean_address(link: object, *, base: str) -> str | None:
    """A link as a canonical web address; None for ``mailto:``, ``file:``, passwords and what is no address at all."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        return normalise_url(str(httpx.URL(base).join(link.strip())))
    except (RefusedError, httpx.InvalidURL, UnicodeError, ValueError):
        return None


def clean_title(title: object) -> str | None:
    """A title as one line of text: markup, scripts and entities gone; None where nothing is left.

    ``<b>Treaty</b> &amp;amp; pact<script>alert(1)</script>`` -> ``Treaty & pact``. What was escaped twice is looked
    through twice.
    """
    if not isinstance(title, str) or len(title) > 20 * _MOST:
        return None
    text = _UNSTORABLE.sub(" ", title)
    for _ in range(2):
        text = html.unescape(nh3.clean(text, tags=set()))
    line = " ".join(_UNSTORABLE.sub(" ", text).split())
    return line if 0 < len(line) <= _MOST else None


def clean_names(names: Iterable[object]) -> list[str]:
    """Names of authors, each once, without addresses: ``["Anna Author", "anna@example.org"]`` -> ``["Anna Author"]``."""
    lines = (clean_title(name) for name in names)
    return list(dict.fromkeys(line for line in lines if line and "@" not in line and "://" not in line))


def clean_stamp(stamp: object) -> str | None:
    """A time stamp as it can be stored; None for what is none."""
    line = " ".join(_UNSTORABLE.sub(" ", stamp).split()) if isinstance(stamp, str) else ""
    return line if 0 < len(line) <= _STAMP_MOST else None


def find_day(stamp: object) -> str | None:
    """The calendar day of a time stamp, as it is written there: the publisher's own, not UTC's.

    ``2025-03-12T00:30:00+02:00`` and ``Wed, 12 Mar 2025 00:30:00 +0200`` -> ``2025-03-12``.
    """
    if not isinstance(stamp, str):
        return None
    found = _ISO_DAY.match(stamp)
    try:
        if found:
            return date.fromisoformat(found[1]).isoformat()
        parsed = email.utils.parsedate(stamp)
        return date(*parsed[:3]).isoformat() if parsed else None
    except (ValueError, OverflowError):
        return None
