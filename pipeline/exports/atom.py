"""A saved search as an Atom feed (RFC 4287): what fits it, the youngest first, for any reader of feeds.

Ids are URNs made of our own ids, so an entry stays the same wherever the file lies; times are those of the store; what
articles say is text, never markup. A file has no address of its own, so it is written without ``link rel=self``: the RFC
says "should". The review page has one, and its feed leads back to it.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from pipeline.store.saved_searches import SavedSearch
from pipeline.store.search_rows import SearchHit, SearchKind

_ATOM = "http://www.w3.org/2005/Atom"
_PREFIX = "urn:entente:"
# XML 1.0 has no place for these, escaped or not.
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


#: Where the review page shows what a hit is, below its own address.
_PAGES = {SearchKind.ARTICLE: "articles/", SearchKind.AGREEMENT: "register/"}


def render_feed(saved: SavedSearch, hits: Iterable[SearchHit], *, home: str | None = None) -> str:
    """The feed of a saved search as an XML document.

    Args:
        saved: its name and id become the feed's.
        hits: what fits it, the newest first, as :func:`pipeline.store.search.search_newest` gives them.
        home: the address of the review page, with a slash at its end, where it is served there.
    """
    entries = list(hits)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", _PREFIX + "search:" + quote(saved.id))
    _add(feed, "title", saved.name)
    _add(feed, "updated", _say_time(max((hit.first_seen for hit in entries), default=saved.created_at)))
    _add(feed, "generator", "Entente")
    ET.SubElement(_add(feed, "author"), "name").text = "Entente"
    if home:
        _add(feed, "link").attrib.update(rel="self", href=f"{home}feeds/{quote(saved.id)}.atom")
    for hit in entries:
        entry = _add_entry(feed, hit)
        if home and (page := _find_page(hit)):
            _add(entry, "link").attrib.update(rel="related", href=home + page)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _find_page(hit: SearchHit) -> str | None:
    """The page of an agreement or an article; of a claim that of its article, with the claim open."""
    if hit.kind is SearchKind.CLAIM:
        return f"articles/{quote(hit.article_id)}?record={quote(hit.id)}" if hit.article_id else None
    return _PAGES[hit.kind] + quote(hit.id)


def _add_entry(feed: ET.Element, hit: SearchHit) -> ET.Element:
    entry = _add(feed, "entry")
    _add(entry, "id", _PREFIX + quote(hit.id))
    _add(entry, "title", hit.label)
    _add(entry, "updated", _say_time(hit.first_seen))
    if hit.publisher:
        _add(_add(entry, "author"), "name", hit.publisher)
    address = hit.url or hit.address or ""
    if urlsplit(address).scheme in {"http", "https"}:
        _add(entry, "link").attrib.update(rel="alternate", href=quote(_clean(address), safe="!#$%&'()*+,/:;=?@[]~"))
    if hit.published is not None and len(hit.published) == 10:
        _add(entry, "published", f"{hit.published}T00:00:00Z")
    _add(entry, "category").attrib.update(term=hit.kind)
    # Content, not a summary: an entry without content must have a link, and a file on a disk has no address.
    _add(entry, "content", hit.snippet.text if hit.snippet else hit.label).attrib.update(type="text")
    return entry


def _add(parent: ET.Element, name: str, content: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = None if content is None else _clean(content)
    return element


def _clean(content: str) -> str:
    return _NO_XML.sub("\ufffd", content)


def _say_time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
