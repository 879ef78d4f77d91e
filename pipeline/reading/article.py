"""Raw bytes to an article: one door for all formats, one place to add one."""

from collections.abc import Callable
from typing import TypeVar

from pipeline.errors import ReadError
from pipeline.isolation import IsolationError, Limits, call_isolated
from pipeline.reading.decoding import Encoded, decode_text
from pipeline.reading.docx import read_docx
from pipeline.reading.html import find_declared_encoding, read_html
from pipeline.reading.markdown import read_markdown
from pipeline.reading.metadata import Metadata, Reading, merge_metadata, name_origin, read_given
from pipeline.reading.pdf import read_pdf
from pipeline.reading.text import read_text
from pipeline.records import Article, Provenance, RawArticle, make_article_id

T = TypeVar("T", str, bytes)

_TEXT_READERS: dict[str, Callable[[str], tuple[str, Metadata]]] = {
    "text/plain": read_text,
    "text/markdown": read_markdown,
    "text/x-markdown": read_markdown,
}
_PAGES = {"text/html", "application/xhtml+xml"}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENT_READERS: dict[str, Callable[[bytes], Reading]] = {"application/pdf": read_pdf, _DOCX: read_docx}
_UNKNOWN = {"", "application/octet-stream", "binary/octet-stream", "application/x-download"}

# A page may have this many times the bytes its text may have: markup is parsed whole, in memory.
_MARKUP_FACTOR = 4

# Measured on a busy machine of two cores: a page of 99,000 paragraphs takes 42 s and 400 MB, a PDF of 1,000 pages 21 s and
# 107 MB. One whose content unpacks to 300 MB ends at the second limit, with less than 300 MB in use.
_PAGE_LIMITS = Limits(seconds=90.0, memory=512 * 1024 * 1024)
_DOCUMENT_LIMITS = Limits(seconds=90.0, memory=240 * 1024 * 1024)


def read_article(raw: RawArticle, *, max_text_bytes: int) -> Article:
    """Read the article in some raw bytes.

    Plain text stays exactly what was decoded; Markdown stays as written, without front matter; of HTML the article's
    body is taken, of PDF and DOCX the text in reading order. These three are read in a worker process with limits.
    What was given beside the bytes (sidecar, options) wins over what they say of themselves, and that over what the
    feed says that listed them. The language is the one
    that is said, otherwise ``en``.

    Args:
        raw: with a media type such as ``text/html; charset=iso-8859-1``.
        max_text_bytes: UTF-8 bytes of text above which an article is refused.

    Raises:
        ReadError: no reader for the media type, binary, not decodable, empty, no article in the page, damaged, too
            long, or too much work.
    """
    reading = _read(raw, max_text_bytes)
    if not any(c.isalnum() for c in reading.text):
        what = "no article is found in the page" if _name_type(raw) in _PAGES else "is empty: there are no words in it"
        raise _failure(raw, f"{what}; check that it is the article itself")
    _check_size(raw, reading.text, limit=max_text_bytes, what="text")
    known = merge_metadata(_order_by_worth(raw, reading))
    return Article(
        id=make_article_id(raw.address),
        address=raw.address,
        url=known.url or (raw.address if raw.address.startswith(("http://", "https://")) else None),
        title=known.title,
        authors=known.authors,
        published=known.published,
        publisher=known.publisher,
        language=known.language or "en",
        text=reading.text,
        provenance=Provenance(body=reading.body, confidence=reading.confidence, origins=known.origins),
    )


def _order_by_worth(raw: RawArticle, reading: Reading) -> list[Metadata]:
    """What is known, the better first: what a feed says is mostly right, but the page's own is nearer to the text."""
    given, listed = read_given(raw.given), read_given(raw.listed)
    return [name_origin(given, "given"), reading.metadata, name_origin(listed, "source")]


def _read(raw: RawArticle, max_text_bytes: int) -> Reading:
    name = _name_type(raw)
    if name in _DOCUMENT_READERS:
        return _isolated(raw, _DOCUMENT_LIMITS, _DOCUMENT_READERS[name], raw.body)
    if name in _PAGES:
        page = _decode(raw, find_declared_encoding(raw.body))
        _check_size(raw, page, limit=max_text_bytes * _MARKUP_FACTOR, what="markup")
        return _isolated(raw, _PAGE_LIMITS, read_html, page)
    if name not in _TEXT_READERS:
        known = "only plain text, Markdown, HTML, PDF and DOCX are"
        raise _failure(raw, f"is {name or 'of no type'}, which is not read; {known}")
    text, said = _TEXT_READERS[name](_decode(raw, None))
    return Reading(text=text, metadata=name_origin(said, "document"), body=name.partition("/")[2])


def _isolated(raw: RawArticle, limits: Limits, reader: Callable[[T], Reading], content: T) -> Reading:
    try:
        return call_isolated(limits, reader, content)
    except (IsolationError, ValueError) as error:
        raise _failure(raw, str(error)) from error


def _name_type(raw: RawArticle) -> str:
    """The media type without its parameters; by the first bytes where a server knows none."""
    name = raw.media_type.partition(";")[0].strip().lower()
    return "application/pdf" if name in _UNKNOWN and raw.body.startswith(b"%PDF-") else name


def _decode(raw: RawArticle, declared: str | None) -> str:
    parameters = raw.media_type.partition(";")[2].split(";")
    charset = next((p.partition("=")[2] for p in parameters if p.strip().lower().startswith("charset=")), "")
    return decode_text(
        Encoded(
            body=raw.body,
            address=raw.address,
            declared=charset.strip().strip("\"'") or declared,
            is_page=_name_type(raw) in _PAGES,
        )
    )


def _check_size(raw: RawArticle, text: str, *, limit: int, what: str) -> None:
    size = len(text.encode())
    if size > limit:
        raise _failure(raw, f"has {size:,} bytes of {what}, more than the {limit:,} that are read; split it")


def _failure(raw: RawArticle, text: str) -> ReadError:
    return ReadError(f"{raw.address}: {text}", address=raw.address, raw=raw.body)
