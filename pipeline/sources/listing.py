"""A document that lists articles, whichever it is: feed, JSON Feed, sitemap, index; read in a worker with limits."""

import re

from pipeline.errors import ReadError
from pipeline.isolation import IsolationError, Limits, call_isolated
from pipeline.sources.bodies import TooLargeError, read_body
from pipeline.sources.feed import parse_feed, parse_json_feed
from pipeline.sources.items import Listing
from pipeline.sources.sitemap import SITEMAP_ROOT, parse_address_list, parse_sitemap
from pipeline.sources.urls import printable

# The largest feed that is fetched (10 MB) takes 3 s on a quiet machine; 200,000 nested tags would take 40 s.
_LIMITS = Limits(seconds=15.0, memory=256 * 1024 * 1024)
_HEAD = 4_096  # bytes in which a document says what it is


def read_listing(body: bytes, *, media_type: str, address: str, max_bytes: int) -> Listing:
    """What a feed or sitemap lists; which of them it is, is told by its looks: servers say ``text/xml`` of all.

    Args:
        body: the document as it came; also as ``.xml.gz``.
        media_type: its Content-Type.
        address: its own address.
        max_bytes: what a packed document may have once unpacked.

    Raises:
        ReadError: it is none of them, or it is too much: nested too deep, entities that multiply, too large.
    """
    try:
        plain = _unpack(body, max_bytes)
        return call_isolated(_LIMITS, parse_listing, plain, media_type=media_type, address=address)
    except (IsolationError, ValueError) as error:
        shown = printable(address)
        message = f"{shown}: the source {printable(str(error))}; open the address in a browser to see what it is"
        raise ReadError(message, address=address, raw=body) from error


def parse_listing(body: bytes, *, media_type: str, address: str) -> Listing:
    """The same in this process, without limits.

    Raises:
        ValueError: it is neither feed nor sitemap, or a trap.
    """
    head = _find_head(body)
    if SITEMAP_ROOT.search(head):
        return parse_sitemap(body, address=address)
    if head.startswith(b"{"):
        return parse_json_feed(body, address=address)
    if re.match(rb"https?://", head):
        return parse_address_list(body, address=address)
    return parse_feed(body, media_type=media_type, address=address)


def is_sitemap(body: bytes) -> bool:
    """Whether a document is a sitemap, an index of them or a list of addresses by its looks, packed or not."""
    return (
        body.startswith(b"\x1f\x8b")
        or re.match(rb"https?://|.*?" + SITEMAP_ROOT.pattern, _find_head(body), re.DOTALL) is not None
    )


def _find_head(body: bytes) -> bytes:
    """The beginning, without byte order mark, white space and the NULs of UTF-16."""
    return body[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _unpack(body: bytes, limit: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return read_body([body], coding="gzip", limit=limit)
    except TooLargeError as error:
        raise TooLargeError(f"has more than {limit:,} bytes once unpacked") from error
