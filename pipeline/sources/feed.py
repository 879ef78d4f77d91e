"""RSS and Atom feeds of all versions, and JSON Feed: what they list.

Nothing here guards itself against hostile input: :mod:`pipeline.sources.listing` calls it in a worker.
"""

import io
import json
import re
from typing import Any

import feedparser

from pipeline.sources.items import Item, Listing, join_items, make_item

# An entity made of other entities: a thousand bytes become a gigabyte. No feed needs one, feedparser's own test feeds
# included.
_NESTED_ENTITY = re.compile(rb"<!ENTITY\s[^>]*?[\"'][^\"'>]*&[A-Za-z_]")
# What a feed has in it, were it ever so broken: told from the web pages that stand where a feed has been.
_FEED_TAG = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf|channel|entry|item|cdf)\b", re.IGNORECASE)


# Tags inside each other: real feeds have ten, and those that forget to close theirs some hundreds. From about 20,000 on
# feedparser takes longer with the square of their number.
_DEEPEST = 2_000
_NO_MARKUP = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")


def parse_feed(body: bytes, *, media_type: str, address: str) -> Listing:
    """What an RSS or Atom feed lists; ill-formed ones are read as far as they can be understood.

    Entries without a web address of their own (of podcasts, of test feeds) are left out.

    Args:
        body: the document.
        media_type: its Content-Type, with the charset.
        address: its own address, to which links may be relative.

    Raises:
        ValueError: it is no feed, or a trap.
    """
    if _NESTED_ENTITY.search(body):
        raise ValueError("defines entities made of other entities, as only traps do")
    _check_depth(body)
    headers = {"content-type": media_type, "content-location": address}
    # Titles are cleaned here and texts not used: its own cleaning of every text would be most of the time it takes.
    parsed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    if not parsed.get("version") and not parsed.entries and not _FEED_TAG.search(body.replace(b"\0", b"")):
        raise ValueError("is no feed")
    return Listing(items=join_items(_read_entry(entry, address) for entry in parsed.entries))


def _check_depth(body: bytes) -> None:
    depth = 0
    for tag in _TAG.finditer(_NO_MARKUP.sub(b"", body)):
        if not tag[2]:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            raise ValueError(f"has more than {_DEEPEST:,} tags inside each other")


def _read_entry(entry: Any, base: str) -> Item | None:  # noqa: ANN401 -- feedparser has no types
    # "in" first: asked for what is not there, feedparser answers with something near it and a warning.
    known = {name: entry[name] for name in ("updated", "published", "title", "authors", "author") if name in entry}
    names = [person.get("name") for person in known.get("authors", ())] or [known.get("author")]
    link = entry.get("feedburner_origlink") or entry.get("link")
    return make_item(
        link,
        base=base,
        stamp=known.get("updated") or known.get("published"),
        title=known.get("title"),
        published=known.get("published") or known.get("updated"),
        authors=names,
    )


def parse_json_feed(body: bytes, *, address: str) -> Listing:
    """What a JSON Feed (1.0 or 1.1) lists.

    Raises:
        ValueError: it is no JSON, or none of a feed.
    """
    try:
        feed = json.loads(body)
    except RecursionError as error:
        raise ValueError("is nested too deep") from error
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/"):
        raise ValueError("is JSON, but no JSON Feed")
    entries = feed.get("items")
    if not isinstance(entries, list):
        raise ValueError("is a JSON Feed without items")  # noqa: TRY004 -- of the document, not of an argument
    return Listing(items=join_items(_read_json(entry, address) for entry in entries if isinstance(entry, dict)))


def _read_json(entry: dict[str, Any], base: str) -> Item | None:
    people = entry.get("authors") or [entry.get("author")]
    names = [person.get("name") for person in people if isinstance(person, dict)] if isinstance(people, list) else []
    link = entry.get("url") or entry.get("external_url") or entry.get("id")
    is_full = isinstance(link, str) and re.match(r"https?://|/", link)  # an id may be any string: "17" is no page
    return make_item(
        link if is_full else None,
        base=base,
        stamp=entry.get("date_modified") or entry.get("date_published"),
        title=entry.get("title"),
        published=entry.get("date_published") or entry.get("date_modified"),
        authors=names,
    )
