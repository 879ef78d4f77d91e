"""HTML, saved or fetched: the body of the article without what surrounds it, and what the page says of itself."""

import re
from collections.abc import Sequence
from html import unescape
from itertools import islice

import lxml.html
import trafilatura
from lxml import etree

from pipeline.reading.jsonld import read_jsonld
from pipeline.reading.metadata import (
    Metadata,
    clean_date,
    clean_language,
    clean_line,
    clean_names,
    clean_url,
    drop_unstorable,
    merge_metadata,
)

# Names and properties of <meta> elements, the better one first.
_META_TITLES = ("og:title", "citation_title", "dc.title", "twitter:title", "title")
_META_AUTHORS = ("author", "article:author", "citation_author", "dc.creator", "parsely-author", "sailthru.author")
_META_DATES = (
    "article:published_time", "og:article:published_time", "citation_publication_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "datepublished", "parsely-pub-date", "sailthru.date",
    "pubdate", "publish-date", "publication_date", "date",
)  # fmt: skip
_META_PUBLISHERS = (
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
)
_META_LANGUAGES = ("content-language", "og:locale", "dc.language")

# Elements of trafilatura's body that stand on lines of their own, with what separates them from what stands before.
_BREAKS = {"head": "\n\n", "p": "\n\n", "quote": "\n\n", "list": "\n\n", "table": "\n\n", "code": "\n\n",
           "item": "\n", "row": "\n", "lb": "\n"}  # fmt: skip

# So that no page takes more than 10 s: trafilatura needs 9 s for 99,000 paragraphs, 65 s and 1.8 GB for a million of
# one letter each, which are 4 MB.
MAX_ELEMENTS = 100_000

_STRENGTH = ("", " ", " | ", "\n", "\n\n")


class TooManyElementsError(ValueError):
    """A page has more elements than :data:`MAX_ELEMENTS`."""


def find_declared_encoding(body: bytes) -> str | None:
    """The encoding an HTML page names: ``<meta charset=…>``, ``<meta … content="text/html; charset=…">``."""
    # Browsers look at the first 1,024 bytes; pages that name it later than 4,096 are not known.
    found = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", body[:4096], re.IGNORECASE)
    return found[1].decode("ascii") if found else None


def read_html(content: str) -> tuple[str, Metadata]:
    """The article in a page, an empty line between its paragraphs and headings, and its metadata.

    Comments, navigation and boilerplate are left out; list items and table rows have a line each, cells are separated
    by `` | ``. Metadata is taken from JSON-LD first, then from OpenGraph and other ``<meta>``, then from the page.

    Returns:
        An empty text where the page has no article in it.

    Raises:
        TooManyElementsError: a page made to keep a machine busy, or one that is no article.
    """
    try:
        tree = lxml.html.document_fromstring(_mend(content).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return "", Metadata()
    if next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None:
        raise TooManyElementsError
    said = [read_jsonld(_scripts(tree)), _read_meta(tree), _read_page(tree)]
    document = _extract(tree)
    if document is None:
        return "", merge_metadata(said)
    return _to_text(document.body), merge_metadata([*said, _read_guessed(document)])


def _mend(content: str) -> str:
    """The page without the characters that XML forbids: with one of them in it, trafilatura finds nothing.

    ``&#146;``, an old page's apostrophe, becomes the ’ that every browser shows.
    """
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", " ", content)
    return re.sub(r"&#(?:[0-9]+|[xX][0-9a-fA-F]+);?", _mend_reference, plain)


def _mend_reference(reference: "re.Match[str]") -> str:
    character = unescape(reference[0])
    if character in "<>&\"'":
        return reference[0] if character else " "
    is_readable = character.isspace() or (character.isprintable() and character != "\ufffd")
    return character if is_readable else " "


def _extract(tree: lxml.html.HtmlElement) -> "trafilatura.settings.Document | None":
    for precision in (True, False):  # some short pages are all boilerplate to the precise way
        document = trafilatura.bare_extraction(
            tree,
            favor_precision=precision,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            # Without these, a date is looked for in the running text: a guess.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if document is not None and not isinstance(document, dict) and document.text:
            return document
    return None


def _to_text(body: etree._Element) -> str:
    pieces: list[str] = []
    waiting = ""  # the strongest break since the last words
    for event, element in etree.iterwalk(body, events=("start", "end")):
        waiting = max(waiting, _separator(element, event), key=_STRENGTH.index)
        words = re.sub(r"\s+", " ", (element.text if event == "start" else element.tail) or "")
        words = drop_unstorable(words)
        if not words.strip():
            pieces.append("" if waiting else words)
            continue
        pieces += [waiting, words.lstrip() if waiting else words]
        waiting = ""
    return re.sub(r" +\n", "\n", "".join(pieces)).strip()


def _separator(element: etree._Element, event: str) -> str:
    """The break before an element's words (start) or behind them (end)."""
    parent = element.getparent()
    if parent is not None and parent.tag == "cell":
        return " " if element.tag in _BREAKS else ""  # a row is one line, whatever stands in its cells
    if element.tag == "cell":
        return " | " if event == "start" and element.getprevious() is not None else ""
    return _BREAKS.get(str(element.tag), "")


def _scripts(tree: lxml.html.HtmlElement) -> list[str]:
    return [
        str(script.text_content()) for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()
    ]


def _read_meta(tree: lxml.html.HtmlElement) -> Metadata:
    values: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            values.setdefault(name.strip().lower(), []).append(content)

    def all_of(names: Sequence[str]) -> list[str]:
        return [value for name in names for value in values.get(name, ())]

    publisher = next(filter(None, map(clean_line, all_of(_META_PUBLISHERS))), None)
    title = next(filter(None, map(clean_line, all_of(_META_TITLES))), None)
    return Metadata(
        title=_without_site(title, publisher),
        authors=next(filter(None, (clean_names(values.get(name, ())) for name in _META_AUTHORS)), ()),
        published=next(filter(None, map(clean_date, all_of(_META_DATES))), None),
        publisher=publisher,
        url=next(filter(None, map(clean_url, all_of(("og:url",)))), None),
        language=next(filter(None, map(clean_language, all_of(_META_LANGUAGES))), None),
    )


def _read_page(tree: lxml.html.HtmlElement) -> Metadata:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    times = [
        e.get("datetime") for e in tree.iter("time") if "pubdate" in e.attrib or e.get("itemprop") == "datePublished"
    ]
    return Metadata(
        url=next(filter(None, map(clean_url, links)), None),
        published=next(filter(None, map(clean_date, times)), None),
        language=clean_language(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
    )


def _read_guessed(document: "trafilatura.settings.Document") -> Metadata:
    return Metadata(
        title=clean_line(document.title),
        authors=clean_names((document.author or "").split(";")),
        published=clean_date(document.date),
        publisher=clean_line(document.sitename),
    )


def _without_site(title: str | None, site: str | None) -> str | None:
    """``A treaty is signed | The Daily`` -> ``A treaty is signed``, where the site is known to be The Daily."""
    if not title or not site:
        return title
    bare = re.sub(rf"\s+[|–—•·-]\s+{re.escape(site)}$", "", title, flags=re.IGNORECASE)
    return bare or title
