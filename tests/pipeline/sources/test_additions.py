"""What a place is, found by asking it, and the lines it gets in the catalogue."""

import pytest

from pipeline.errors import InputError, ReadError
from pipeline.settings import Settings
from pipeline.sources.additions import (
    Place,
    append_source,
    find_kind,
    make_source,
    name_kind,
    suggest_name,
    write_table,
)
from pipeline.sources.catalog import SourceKind, load_catalog

FEED = "<rss version='2.0'><channel><item><link>/1</link></item></channel></rss>"
PAGE = (
    "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/feed?a=1&amp;b=2'></head></html>"
)


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path, fetch_allow_private=True, fetch_pace=0.0)


@pytest.mark.parametrize(
    ("body", "kind", "path"),
    [
        (FEED, "feed", "/x"),
        ("<urlset><url><loc>/1</loc></url></urlset>", "sitemap", "/x"),
        ("<?xml version='1.0'?><sitemapindex></sitemapindex>", "sitemap", "/x"),
        ("https://a.example/1\nhttps://a.example/2\n", "sitemap", "/x"),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "feed", "/x"),
        (PAGE, "feed", "/feed?a=1&b=2"),
        ("<html><body>An article.</body></html>", "pages", "/x"),
    ],
)
def test_what_stands_at_an_address_is_asked(site, settings, body, kind, path):
    site.pages["/x"] = body

    assert find_kind(site.url("/x"), settings=settings) == Place(kind=SourceKind(kind), where=site.url(path))


def test_what_is_no_source_is_refused(site, settings, tmp_path):
    site.pages["/x"] = "Plain words."
    with pytest.raises(ReadError, match="is no feed"):
        find_kind(site.url("/x"), settings=settings)
    with pytest.raises(InputError, match="neither a folder nor a web address"):
        find_kind(str(tmp_path / "missing"), settings=settings)
    with pytest.raises(InputError, match="is no kind of source; there are feed, sitemap"):
        name_kind("https://a.example/", "blog")
    with pytest.raises(InputError, match=r"write https://host/page|only http and https"):
        name_kind("a.example/feed", "feed")
    with pytest.raises(InputError, match="carries a user name or password"):
        name_kind("https://anna:secret@a.example/feed", "feed")
    with pytest.raises(InputError, match="is neither a folder nor a web address"):
        name_kind(str(tmp_path / "missing"), "folder")
    assert find_kind(str(tmp_path), settings=settings) == name_kind(str(tmp_path), "folder")


def test_a_source_is_appended_and_the_rest_stays(tmp_path):
    catalog = tmp_path / "sources.toml"
    first = make_source(
        name_kind("https://a.example/feed", "feed"), name="a", authority="press", pace=2.5, title='A "B"'
    )
    append_source(catalog, first)
    catalog.write_text("# Ours.\n" + catalog.read_text().rstrip("\n"))
    second = make_source(
        name_kind("https://b.example/", "pages"), name="b", authority="official", include=["*/2025/*"], licence="– \\ é"
    )
    append_source(catalog, second)

    assert load_catalog(catalog) == (first, second)
    assert catalog.read_text("utf-8").startswith("# Ours.\n[[source]]\nname = ")
    assert list(tmp_path.iterdir()) == [catalog]
    with pytest.raises(InputError, match="there is a source of this name"):
        append_source(catalog, first)


@pytest.mark.parametrize(
    ("given", "why"),
    [({"name": "A b"}, "name: "), ({"authority": "rumour"}, "authority: "), ({"pace": -1.0}, "pace: ")],
)
def test_a_wrong_field_is_named(given, why):
    with pytest.raises(InputError, match=why):
        make_source(name_kind("https://a.example/", "feed"), **({"name": "a", "authority": "press"} | given))


def test_a_table_leaves_out_what_is_as_by_default():
    source = make_source(name_kind("https://a.example/feed", "feed"), name="a", authority="press")

    table = '[[source]]\nname = "a"\nkind = "feed"\nurl = "https://a.example/feed"\nauthority = "press"\n'
    assert write_table(source) == table


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("https://www.nato.int/cps/rss.xml", "nato-int"),
        ("HTTP://Example.org:8080/", "example-org"),
        ("/home/me/My Articles", "my-articles"),
        ("/", "source"),
    ],
)
def test_a_name_is_suggested(where, name):
    assert suggest_name(where) == name
