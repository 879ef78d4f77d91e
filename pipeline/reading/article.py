"""Raw bytes to an article: one door for all formats, one place to add one."""

from collections.abc import Callable

from pipeline.errors import ReadError
from pipeline.reading.decoding import Encoded, decode_text
from pipeline.reading.html import MAX_ELEMENTS, TooManyElementsError, find_declared_encoding, read_html
from pipeline.reading.markdown import read_markdown
from pipeline.reading.metadata import Metadata, merge_metadata, read_given
from pipeline.reading.text import read_text
from pipeline.records import Article, RawArticle, make_article_id

_Reader = Callable[[str], tuple[str, Metadata]]

_READERS: dict[str, _Reader] = {
    "text/plain": read_text,
    "text/markdown": read_markdown,
    "text/x-markdown": read_markdown,
    "text/html": read_html,
    "application/xhtml+xml": read_html,
}

# A page may have this many times the bytes its text may have: markup is parsed whole, in memory.
_MARKUP_FACTOR = 4


def read_article(raw: RawArticle, *, max_text_bytes: int) -> Article:
    """Read the article in some raw bytes.

    Plain text stays exactly what was decoded; Markdown stays as written, without front matter; of HTML the article's
    body is taken. What was given beside the bytes (sidecar, options) wins over what they say of themselves. The
    language is the one that is said, otherwise ``en``.

    Args:
        raw: with a media type such as ``text/html; charset=iso-8859-1``.
        max_text_bytes: UTF-8 bytes of text above which an article is refused.

    Raises:
        ReadError: no reader for the media type, binary, not decodable, empty, no article in the page, too long.
    """
    reader, declared = _choose(raw)
    content = decode_text(Encoded(body=raw.body, address=raw.address, declared=declared))
    if reader is read_html:
        _check_size(raw, content, limit=max_text_bytes * _MARKUP_FACTOR, what="markup")
    try:
        text, said = reader(content)
    except TooManyElementsError as error:
        raise _failure(raw, f"has more than {MAX_ELEMENTS:,} elements; save the article alone as text") from error
    if not any(c.isalnum() for c in text):
        what = "no article is found in the page" if reader is read_html else "is empty: there are no words in it"
        raise _failure(raw, f"{what}; check that it is the article itself")
    _check_size(raw, text, limit=max_text_bytes, what="text")
    known = merge_metadata([read_given(raw.given), said])
    return Article(
        id=make_article_id(raw.address),
        address=raw.address,
        url=known.url or (raw.address if raw.address.startswith(("http://", "https://")) else None),
        title=known.title,
        authors=known.authors,
        published=known.published,
        publisher=known.publisher,
        language=known.language or "en",
        text=text,
    )


def _choose(raw: RawArticle) -> tuple[_Reader, str | None]:
    """The reader for a media type, and the encoding that header or page declare."""
    media_type, _, parameters = raw.media_type.partition(";")
    name = media_type.strip().lower()
    reader = _READERS.get(name)
    if reader is None:
        raise _failure(raw, f"is {name or 'of no type'}, which is not read; only plain text, Markdown and HTML are")
    charset = next((p.partition("=")[2] for p in parameters.split(";") if p.strip().lower().startswith("charset=")), "")
    declared = charset.strip().strip("\"'")
    return reader, declared or (find_declared_encoding(raw.body) if reader is read_html else None)


def _check_size(raw: RawArticle, text: str, *, limit: int, what: str) -> None:
    size = len(text.encode())
    if size > limit:
        raise _failure(raw, f"has {size:,} bytes of {what}, more than the {limit:,} that are read; split it")


def _failure(raw: RawArticle, text: str) -> ReadError:
    return ReadError(f"{raw.address}: {text}", address=raw.address, raw=raw.body)
