"""Asking a source over real HTTP: only what has changed is read; what lists articles is told from what does not."""

import pytest

from pipeline.errors import FetchError, ReadError
from pipeline.settings import Settings
from pipeline.sources.catalog import Source
from pipeline.sources.items import Item, Listing
from pipeline.sources.polling import Known, fetch_item, fetch_listing, find_host, find_items, find_place


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path, fetch_allow_private=True, fetch_pace=0.0, fetch_attempts=1)


def make(**given) -> Source:
    values = {"name": "a", "kind": "feed", "url": "https://a.example/feed", "authority": "press", "pace": 0.001}
    return Source.model_validate(values | given, strict=False)


def test_a_listing_that_has_not_changed_is_not_sent(site, settings):
    url = site.put_feed("/feed", ["/one"])
    first = fetch_listing(url, known=Known(), pace=0.0, settings=settings)
    second = fetch_listing(url, known=first.known, pace=0.0, settings=settings)
    third = fetch_listing(url, known=Known(digest=first.known.digest), pace=0.0, settings=settings)

    assert first.listing is not None
    assert [item.address for item in first.listing.items] == [site.url("/one")]
    assert (second.listing, second.known) == (None, first.known)
    assert (third.listing, third.known) == (None, first.known)
    assert [status for _, status in site.log] == [200, 304, 200]


def test_an_article_is_given_what_the_catalogue_says_and_options_win(site, settings):
    site.pages["/one"] = "Words."
    source = make(publisher="The Post", language="en")
    first = fetch_item(
        Item(address=site.url("/one")), source=source, known=Known(), given={"language": "fr"}, settings=settings
    )
    second = fetch_item(Item(address=site.url("/one")), source=source, known=first.known, given={}, settings=settings)

    assert first.raw is not None
    assert (first.raw.body, first.raw.given) == (b"Words.", {"publisher": "The Post", "language": "fr"})
    assert second.raw is None


@pytest.mark.parametrize(("page", "error"), [(404, FetchError), ("<html>moved</html>", ReadError)])
def test_what_is_no_listing_is_an_error(site, settings, page, error):
    site.pages["/feed"] = page
    with pytest.raises(error):
        fetch_listing(site.url("/feed"), known=Known(), pace=0.0, settings=settings)


@pytest.mark.parametrize(
    ("since", "passed"), [(None, "abcd"), ("2025", "acd"), ("2025-03-12", "acd"), ("2025-03-13", "cd"), ("2026", "d")]
)
def test_what_is_older_than_wanted_is_left_out(since, passed):
    items = (
        Item(address="https://a.example/a", given={"published": "2025-03-12"}),
        Item(address="https://a.example/b", stamp="2024-12-31T23:00:00Z"),
        Item(address="https://a.example/c", stamp="2025-03-13"),
        Item(address="https://a.example/d", stamp="Mon, 1 Jan 2024"),  # no day that could be compared
    )
    found = find_items(make(since=since) if since else make(), Listing(items=items))

    assert "".join(item.address[-1] for item in found) == passed


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ({}, "https://a.example/feed"),
        ({"kind": "pages", "url": None, "urls": ["https://a.example/1", "https://a.example/2"]}, "https://a.example/1"),
        ({"kind": "folder", "url": None, "path": "/in"}, "/in"),
    ],
)
def test_the_place_of_a_source(source, place):
    assert find_place(make(**source)) == place


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://a.example/x", "a.example"),
        ("http://a.example:8080/x", "a.example:8080"),
        ("http://a.example:port/", ""),
    ],
)
def test_the_host_whose_pace_counts(address, host):
    assert find_host(address) == host
