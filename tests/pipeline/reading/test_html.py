import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reading.html import find_declared_encoding, read_html

PARAGRAPHS = (
    "France and Germany <b>signed</b> <i>the</i> Aachen Treaty on <a href='/x'>22 January</a> 2019, in the old city.",
    "Poland may join later, said the minister in Warsaw on Friday, when the three of them met at the border.",
)
BODY = f"""<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav><article><h1>The Aachen Treaty</h1>
<p>{PARAGRAPHS[0]}</p><h2>Next steps</h2><p>{PARAGRAPHS[1]}</p>
<ul><li>A joint brigade will be formed in the spring</li><li>A council will meet twice a year</li></ul>
<blockquote><p>We shall act together, the chancellor said.</p></blockquote>
<table><tr><th>Country</th><th>Tanks</th></tr><tr><td><p>France</p></td><td><p>10</p><p>old</p></td></tr></table>
<p>First line<br>Second line of the paragraph</p></article>
<section class="comments"><p>A reader: what a great comment this is!</p></section>
<footer>Copyright 2020 The Daily</footer></body>"""
TEXT = """The Aachen Treaty

France and Germany signed the Aachen Treaty on 22 January 2019, in the old city.

Next steps

Poland may join later, said the minister in Warsaw on Friday, when the three of them met at the border.

A joint brigade will be formed in the spring
A council will meet twice a year

We shall act together, the chancellor said.

Country | Tanks
France | 10 old

First line
Second line of the paragraph"""


def _page(head="", body=BODY):
    return f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head>{body}</html>"


def test_the_body_without_what_surrounds_it():
    reading = read_html(_page("<title>The Aachen Treaty</title>"))
    metadata = reading.metadata
    assert reading.text == TEXT
    assert metadata.title == "The Aachen Treaty"
    assert metadata.published is None  # neither the treaty's day nor the footer's year
    assert metadata.language == "en"


JSONLD = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Said","datePublished":"2025-09-12"}</script>'
)


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        (JSONLD + '<meta property="og:title" content="Other">', "title", "Said"),
        (
            '<meta property="og:title" content="A title | The Daily"><meta property="og:site_name" content="The Daily">',
            "title",
            "A title",
        ),
        ('<meta property="og:title" content="A &amp; B">', "title", "A & B"),
        (JSONLD + '<meta name="date" content="2020-01-01">', "published", "2025-09-12"),
        ('<meta property="article:published_time" content="2025-09-12T23:30:00-04:00">', "published", "2025-09-12"),
        ('<meta itemprop="datePublished" content="September 12, 2025">', "published", "2025-09-12"),
        ('<meta name="DC.date.issued" content="2025-09">', "published", "2025-09"),
        ('<meta name="author" content="By Anna Author">', "authors", ("Anna Author",)),
        (
            '<meta property="article:author" content="https://x.example/anna"><meta name="dc.creator" content="Anna">',
            "authors",
            ("Anna",),
        ),
        ('<meta name="citation_author" content="A"><meta name="citation_author" content="B">', "authors", ("A", "B")),
        ('<meta property="og:site_name" content="The Daily">', "publisher", "The Daily"),
        ('<link rel="canonical" href="https://example.org/a">', "url", "https://example.org/a"),
        (
            '<meta property="og:url" content="/relative"><link rel="canonical" href="https://example.org/a">',
            "url",
            "https://example.org/a",
        ),
        ('<meta http-equiv="content-language" content="de-DE">', "language", "de"),
    ],
)
def test_metadata(head, field, expected):
    assert getattr(read_html(_page(head)).metadata, field) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>One short paragraph about a treaty.", "One short paragraph about a treaty."),
        (
            "<html><head><title>T</title></head><body>Bare text in a body. France signed it.</body></html>",
            "Bare text in a body. France signed it.",
        ),
        (
            "<?xml version='1.0' encoding='iso-8859-1'?><html><body><p>Ça va, said the minister.</p></body></html>",
            "Ça va, said the minister.",
        ),
        (
            "<p>The treaty&#146;s text &#8211; all of it &#x26; more &#60;b&#62;.</p>",
            "The treaty’s text – all of it & more <b>.",
        ),
        ("<p>A stray &#0; and &#xD800; and \x01 in the text.</p>", "A stray and and in the text."),
        ("", ""),
        ("<!-- nothing -->", ""),
        ("<html><body></body></html>", ""),
        ("<frameset>", ""),
        ("<div>" * 100_000 + "<p>too deep to be a page", ""),
    ],
)
def test_small_and_odd_pages(content, expected):
    text = read_html(content).text
    assert " ".join(text.split()) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META CHARSET = windows-1252 >", "windows-1252"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', "iso-8859-2"),
        (b"<p>charset=no</p>", None),
        (b"", None),
    ],
)
def test_declared_encoding(body, expected):
    assert find_declared_encoding(body) == expected


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "<table>",
                "<td>",
                "<li>",
                "<br>",
                "&#",
                "&#0;",
                "<!--",
                "<script>",
                "a ",
                "signed",
                "\x02",
            ]
        )
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
    )
)
def test_any_page_gives_text_that_can_be_stored(parts):
    text = read_html("".join(parts)).text
    text.encode()
    assert "\0" not in text
    assert text == text.strip()
