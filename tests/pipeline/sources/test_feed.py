"""RSS, Atom and JSON Feed; broken ones are read as far as they go, traps are refused."""

import json

import pytest

from pipeline.sources.feed import parse_feed, parse_json_feed

ADDRESS = "https://news.example/feed"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title><link>https://news.example/</link>
<item><title>Treaty &amp;amp; pact &lt;b&gt;signed&lt;/b&gt;</title><link>https://news.example/1?utm_source=rss</link>
<pubDate>Wed, 12 Mar 2025 00:30:00 +0200</pubDate><dc:creator>Anna Author</dc:creator></item>
<item><title>By its guid</title><guid isPermaLink="true">https://news.example/2</guid></item>
<item><title>No address</title><guid isPermaLink="false">17</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title type="html">&lt;i&gt;Pact&lt;/i&gt;</title><link href="/a"/><id>urn:x</id><author><name>B. Writer</name></author>
<published>2025-03-12T23:00:00Z</published><updated>2025-03-14T01:00:00Z</updated></entry></feed>"""

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><rss><channel><item><title>&l9;</title><link>https://a.example/</link></item></channel></rss>"
)


def parse(text, media_type="application/rss+xml"):
    body = text if isinstance(text, bytes) else text.encode()
    return parse_feed(body, media_type=media_type, address=ADDRESS).items


def test_rss():
    first, second = parse(RSS)

    assert first.address == "https://news.example/1"
    assert first.given == {"title": "Treaty & pact signed", "published": "2025-03-12", "authors": ["Anna Author"]}
    assert first.stamp == "Wed, 12 Mar 2025 00:30:00 +0200"
    assert (second.address, second.stamp) == ("https://news.example/2", None)


def test_atom():
    (item,) = parse(ATOM, "application/atom+xml")

    assert item.address == "https://news.example/a"
    assert item.given == {"title": "Pact", "published": "2025-03-12", "authors": ["B. Writer"]}
    assert item.stamp == "2025-03-14T01:00:00Z"


@pytest.mark.parametrize(
    ("body", "number"),
    [
        (RSS.replace("</item>", ""), 2),  # ill-formed, as many are
        (RSS.replace("</channel></rss>", ""), 2),  # cut off
        (RSS.replace("utf-8", "utf-16").encode("utf-16"), 2),
        ("<rss version='2.0'><channel></channel></rss>", 0),
    ],
)
def test_what_is_broken_is_read_as_far_as_it_goes(body, number):
    assert len(parse(body)) == number


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<!doctype html><html><body><p>Moved</p></body></html>", "is no feed"),
        (b"", "is no feed"),
        (b"\x89PNG\r\n", "is no feed"),
        (LAUGHS, "entities made of other entities"),
        (b"<rss><channel><item>" + b"<a>" * 200_000, "2,000 tags inside each other"),
    ],
)
def test_what_is_no_feed_or_a_trap_is_refused(body, why):
    with pytest.raises(ValueError, match=why):
        parse(body)


def test_json_feed():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "/a",
                "title": "Pact",
                "date_published": "2025-03-12T10:00:00Z",
                "authors": [{"name": "A"}],
            },
            {"id": "https://news.example/b", "date_modified": "2025-03-13T10:00:00Z", "author": {"name": "B"}},
            {"id": "17"},
            "nonsense",
        ],
    }
    first, second = parse_json_feed(json.dumps(feed).encode(), address=ADDRESS).items

    assert (first.address, first.given) == (
        "https://news.example/a",
        {"title": "Pact", "published": "2025-03-12", "authors": ["A"]},
    )
    assert (second.address, second.stamp) == ("https://news.example/b", "2025-03-13T10:00:00Z")


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"items": []}', b'{"version": "https://jsonfeed.org/version/1"}', b"[" * 200_000, b"\xff"]
)
def test_other_json_is_no_feed(body):
    with pytest.raises(ValueError, match=r"."):
        parse_json_feed(body, address=ADDRESS)
