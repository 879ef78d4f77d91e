"""What feeds and sitemaps say, cleaned: addresses, titles, names, days."""

import pytest

from pipeline.sources.items import clean_address, clean_names, clean_stamp, clean_title, find_day, join_items, make_item


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://Example.org/a?utm_source=rss#top", "https://example.org/a"),
        ("../b", "https://news.example/b"),
        (" /c \n", "https://news.example/c"),
        ("mailto:a@example.org", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("https://user:word@example.org/", None),
        ("", None),
        (None, None),
        (17, None),
    ],
)
def test_a_link_becomes_a_canonical_web_address(link, address):
    assert clean_address(link, base="https://news.example/feeds/all.xml") == address


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Kensington Treaty signed", "Kensington Treaty signed"),
        ("<b>Treaty</b> &amp;amp; pact<script>alert(1)</script>", "Treaty & pact"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Treaty", "Treaty"),
        ("AT&T and 5 < 6", "AT&T and 5 < 6"),
        ("two\nlines\x00 and\ud800 halves", "two lines and halves"),
        ("<p></p>", None),
        ("x" * 501, None),
        (None, None),
    ],
)
def test_a_title_is_one_line_of_text(title, cleaned):
    assert clean_title(title) == cleaned


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2025-03-12T00:30:00+02:00", "2025-03-12"),  # in UTC it is the 11th: the publisher's own day counts
        ("Wed, 12 Mar 2025 00:30:00 +0200", "2025-03-12"),
        ("2025-02-30", None),
        ("12 Foo 2025", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_the_day_is_the_one_that_is_written(stamp, day):
    assert find_day(stamp) == day


def test_names_are_not_addresses():
    assert clean_names(["Anna Author", "anna@example.org", None, "Anna Author", "https://x.example"]) == ["Anna Author"]


@pytest.mark.parametrize(
    ("stamp", "cleaned"), [(" 2025-03-12\n", "2025-03-12"), ("x" * 65, None), ("", None), (5, None)]
)
def test_a_stamp_can_be_stored(stamp, cleaned):
    assert clean_stamp(stamp) == cleaned


def test_an_item_has_only_what_was_said():
    item = make_item("/a", base="https://example.org/", stamp="s", title="T", published="2025-03-12", authors=[])

    assert item is not None
    assert (item.address, item.stamp) == ("https://example.org/a", "s")
    assert item.given == {"title": "T", "published": "2025-03-12"}


def test_each_address_stands_once_and_the_first_wins():
    first, again = make_item("https://a.example/", base="", title="new"), make_item("https://a.example/", base="")

    assert join_items([first, None, again]) == (first,)
