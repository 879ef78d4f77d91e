import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import psutil
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.reading.article import read_article
from pipeline.records import RawArticle, make_article_id

MARKDOWN = b"---\ntitle: Said\ndate: 2025-09-12\nauthor: Anna\n---\nFrance signed.\n"


def _raw(body, media_type="text/plain", address="/home/a.txt", **given_values):
    return RawArticle(
        address=address, media_type=media_type, body=body, fetched_at=datetime.now(UTC), given=given_values
    )


def _read(*args, limit=5_000_000, **kwargs):
    return read_article(_raw(*args, **kwargs), max_text_bytes=limit)


def test_plain_text_with_nothing_given_is_only_text():
    article = _read(b"\xef\xbb\xbfTitle\r\n12 September 2025\r\nFrance signed.\r\n")

    assert article.text == "Title\r\n12 September 2025\r\nFrance signed.\r\n"
    assert article.id == make_article_id("/home/a.txt")
    assert (article.title, article.published, article.url, article.authors) == (None, None, None, ())
    assert article.language == "en"


def test_what_is_given_wins_over_what_the_input_carries():
    article = _read(
        MARKDOWN, "text/markdown", published="2025-09-13", authors=["Bob"], language="fr", url="https://x.org/"
    )

    assert article.text == "France signed.\n"
    assert (article.title, article.published, article.authors) == ("Said", "2025-09-13", ("Bob",))
    assert (article.language, article.url) == ("fr", "https://x.org/")


@pytest.mark.parametrize(
    ("media_type", "body", "text"),
    [
        (
            "text/html; charset=iso-8859-1",
            b"<p>The caf\xe9 \x96 signed by all of them.</p>",
            "The café – signed by all of them.",
        ),
        (
            'TEXT/HTML;Charset="iso-8859-2"',
            "<p>Wałęsa signed the treaty.</p>".encode("iso-8859-2"),
            "Wałęsa signed the treaty.",
        ),
        (
            "text/html",
            '<meta charset="iso-8859-2"><p>Wałęsa signed the treaty.'.encode("iso-8859-2"),
            "Wałęsa signed the treaty.",
        ),
        ("application/xhtml+xml", b"<p>France signed the treaty.</p>", "France signed the treaty."),
        ("text/plain; charset=koi8-r", "Договор".encode("koi8-r"), "Договор"),
        ("text/plain", b"<p>France signed.</p>", "<p>France signed.</p>"),
    ],
)
def test_media_types_and_encodings(media_type, body, text):
    assert _read(body, media_type).text == text


def test_a_web_page_has_its_address_unless_it_names_a_better_one():
    page = b"<p>France signed the treaty.</p>"
    better = b'<link rel="canonical" href="https://x.org/better">' + page

    assert _read(page, "text/html", "https://x.org/a").url == "https://x.org/a"
    assert _read(better, "text/html", "https://x.org/a").url == "https://x.org/better"
    assert _read(better, "text/html", "https://x.org/a").id == make_article_id("https://x.org/a")


@pytest.mark.parametrize(
    ("body", "media_type", "message"),
    [
        (b"", "text/plain", "/home/a.txt: is empty"),
        (b" \r\n\t\xc2\xa0\xe2\x80\x8b", "text/plain", "is empty: there are no words in it"),
        (b"---\ntitle: x\n---\n", "text/markdown", "is empty: there are no words in it"),
        (
            b"<html><head><title>x</title></head><body><img></body></html>",
            "text/html",
            "no article is found in the page",
        ),
        (b"\x89PNG\0", "text/html", "is binary"),
        (b"France signed \xff", "text/plain", "at offset 14"),
        (b"%PDF-", "application/pdf", "is no PDF that can be opened"),
        (
            b"PK",
            "application/zip",
            "is application/zip, which is not read; only plain text, Markdown, HTML, PDF and DOCX are",
        ),
        (b"x", "", "is of no type, which is not read"),
        (b"France " * 200, "text/plain", "has 1,400 bytes of text, more than the 1,000 that are read; split it"),
        (b"<p>" + b"France " * 200, "text/html", "has 1,399 bytes of text, more than the 1,000"),
        (b"<p>x" + b"<br>" * 1_100, "text/html", "has 4,404 bytes of markup, more than the 4,000 that are read"),
    ],
)
def test_refused_in_one_line_with_the_bytes_kept(body, media_type, message):
    with pytest.raises(ReadError) as caught:
        _read(body, media_type, limit=1_000)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.stage == "read"
    assert caught.value.raw == body
    assert caught.value.address == "/home/a.txt"


def test_a_page_made_to_keep_a_machine_busy_is_refused():
    with pytest.raises(ReadError, match="has more than 100,000 elements; save the article alone as text"):
        _read(b"<p>x" * 100_001, "text/html")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t")))
def test_plain_text_round_trip(text):
    assume(any(c.isalnum() for c in text) and not text.startswith("\ufeff"))
    assert _read(text.encode()).text == text


@given(
    st.binary(max_size=300),
    st.sampled_from(["text/plain", "text/markdown", "text/html", "image/png", "text/html;charset="]),
)
def test_any_bytes_are_an_article_or_a_read_error(body, media_type):
    try:
        article = _read(body, media_type)
    except ReadError:
        return
    assert any(c.isalnum() for c in article.text)


def test_where_each_fact_is_from_and_how_the_body_was_found(make_pdf):
    page = b'<title>T</title><meta property="og:title" content="Said">' + b"<p>France signed the treaty.</p>" * 3
    article = _read(page, "text/html", published="2025-09-12")
    document = _read(make_pdf([[(72, 700, "France signed.")]], title="A treaty"), "application/octet-stream")

    assert article.provenance.origins == {"title": "meta", "published": "given"}
    assert (article.provenance.body, article.provenance.confidence) == ("trafilatura", 1.0)
    assert (document.text, document.title, document.provenance.body) == ("France signed.", "A treaty", "pdf")
    assert _read(MARKDOWN, "text/markdown").provenance.origins["title"] == "document"


def test_what_a_feed_says_fills_what_the_page_does_not_say():
    page = b'<meta property="og:title" content="Said">' + b"<p>France signed the treaty.</p>" * 3
    listed = {"title": "Listed", "published": "2025-09-12", "authors": ["Anna Author"]}
    article = read_article(_raw(page, "text/html").model_copy(update={"listed": listed}), max_text_bytes=10_000)

    assert (article.title, article.published, article.authors) == ("Said", "2025-09-12", ("Anna Author",))
    assert article.provenance.origins == {"title": "meta", "published": "source", "authors": "source"}


@contextmanager
def watch_memory() -> Iterator[list[int]]:
    """The most bytes in use by this process's workers, as their kernel counts it, looked at a hundred times a second."""
    seen, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.01):
            for worker in psutil.Process().children():
                with suppress(psutil.Error):
                    seen.append(worker.memory_info().rss)

    watcher = threading.Thread(target=look)
    watcher.start()
    yield seen
    done.set()
    watcher.join()


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_300_mb_costs_one_article_and_little_memory():
    content = zlib.compress(b"BT /F1 11 Tf 72 700 Td (x) Tj ET\n" + b" " * 300_000_000, 9)
    body = (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n"
        b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream\nendobj\n"
        b"trailer << /Size 5 /Root 1 0 R >>\n%%%%EOF\n" % (len(content), content)
    )
    with (
        watch_memory() as peak,
        pytest.raises(ReadError, match=r"crashes its parser|needs more than 240 MB|no words in it"),
    ):
        _read(body, "application/pdf")

    assert 0 < max(peak) < 300_000_000
    assert _read(b"<p>The next one is read.", "text/html").text == "The next one is read."
