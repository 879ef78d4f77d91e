"""Sitemaps, news sitemaps, indexes and lists of addresses."""

import pytest

from pipeline.sources.items import Below
from pipeline.sources.sitemap import parse_address_list, parse_sitemap

ADDRESS = "https://news.example/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<!-- a comment --><?pi?>
<url><loc> https://news.example/1?a=1&amp;b=2 </loc><lastmod>2025-03-14</lastmod>
  <image:image><image:title>A picture</image:title></image:image>
  <news:news><news:publication><news:name>News</news:name></news:publication>
  <news:publication_date>2025-03-12T10:00:00+01:00</news:publication_date><news:title>Treaty &amp;amp; pact</news:title>
  </news:news></url>
<url><loc>/2</loc></url>
<url><loc>file:///etc/passwd</loc></url>
</urlset>"""


def parse(text):
    return parse_sitemap(text if isinstance(text, bytes) else text.encode(), address=ADDRESS)


def test_a_news_sitemap_says_title_and_day():
    first, second = parse(NEWS).items

    assert (first.address, first.stamp) == ("https://news.example/1?a=1&b=2", "2025-03-14")
    assert first.given == {"title": "Treaty & pact", "published": "2025-03-12"}
    assert (second.address, second.stamp, second.given) == ("https://news.example/2", None, {})


def test_the_day_of_the_last_change_is_not_the_day_of_publication():
    (item,) = parse("<urlset><url><loc>/1</loc><lastmod>2025-03-14</lastmod></url></urlset>").items

    assert item.given == {}
    assert item.stamp == "2025-03-14"


def test_an_index_names_sitemaps():
    index = "<s:sitemapindex xmlns:s='x'><s:sitemap><s:loc>/a.xml</s:loc><s:lastmod>2025</s:lastmod></s:sitemap>"
    listing = parse(index + "<s:sitemap><s:loc>/b.xml.gz</s:loc></s:sitemap></s:sitemapindex>")

    assert listing.below == (
        Below(address="https://news.example/a.xml", stamp="2025"),
        Below(address="https://news.example/b.xml.gz"),
    )


def test_ampersands_that_are_not_escaped_cost_nothing():
    items = parse("<urlset><url><loc>https://news.example/?a=1&b=2</loc></url><url><loc>/2</loc></url></urlset>").items

    assert [item.address for item in items][1] == "https://news.example/2"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'<!DOCTYPE u [<!ENTITY a "b">]><urlset><url><loc>/&a;</loc></url></urlset>', "defines entities"),
        (b"<urlset>" + b"<url>" * 200_000, "nested deeper"),
        (b"<html><body/></html>", "is no sitemap"),
        (b"", "is no XML"),
    ],
)
def test_what_is_no_sitemap_or_a_trap_is_refused(body, why):
    with pytest.raises(ValueError, match=why):
        parse(body)


def test_a_list_of_addresses():
    items = parse_address_list(b"\xef\xbb\xbfhttps://a.example/1\r\n\r\nhttps://a.example/2\r\n", address=ADDRESS).items

    assert [item.address for item in items] == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize("body", [b"", b"https://a.example/\nno address\n", b"\xff"])
def test_other_text_is_no_list(body):
    with pytest.raises(ValueError, match=r"."):
        parse_address_list(body, address=ADDRESS)
