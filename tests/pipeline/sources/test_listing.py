"""Which kind a document is, told by its looks; in a worker, so that traps cost one document."""

import gzip
import time

import psutil
import pytest

from pipeline.errors import ReadError
from pipeline.sources.listing import parse_listing, read_listing

ADDRESS = "https://news.example/all"
RSS = b"<rss version='2.0'><channel><item><link>/1</link></item></channel></rss>"
SITEMAP = b"\xef\xbb\xbf<?xml version='1.0'?>\n<urlset><url><loc>/1</loc></url></urlset>"


@pytest.mark.parametrize(
    "body",
    [
        RSS,
        SITEMAP,
        SITEMAP.decode("utf-8-sig").encode("utf-16"),
        b'{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/1"}]}',
        b"https://news.example/1\n",
    ],
)
def test_a_document_is_what_it_looks_like(body):
    (item,) = parse_listing(body, media_type="text/xml", address=ADDRESS).items

    assert item.address == "https://news.example/1"


@pytest.mark.parametrize("body", [RSS, gzip.compress(SITEMAP)])
def test_it_is_read_in_a_worker(body):
    (item,) = read_listing(body, media_type="text/xml", address=ADDRESS, max_bytes=10_000).items

    assert item.address == "https://news.example/1"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<rss><channel><item>" + b"<a>" * 200_000, "tags inside each other"),
        (b"<urlset>" + b"<url>" * 200_000, "nested deeper"),
        (b'{"version": ' + b"[" * 200_000, "nested too deep"),
        (gzip.compress(bytes(300_000_000), 1), "more than 10,000,000 bytes"),
        (gzip.compress(SITEMAP)[:-9], "cut off"),
        (b"<html>", "is no feed"),
    ],
)
def test_traps_are_refused_soon_and_without_much_memory(body, why):
    before, start = psutil.Process().memory_info().rss, time.monotonic()

    with pytest.raises(ReadError, match=why) as caught:
        read_listing(body, media_type="text/xml", address=ADDRESS, max_bytes=10_000_000)

    assert (caught.value.address, caught.value.raw) == (ADDRESS, body)
    assert time.monotonic() - start < 15
    assert psutil.Process().memory_info().rss - before < 100_000_000
