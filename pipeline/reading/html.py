"""HTML, saved or fetched: the body of the article without what surrounds it, and what the page says of itself."""

import re
from collections.abc import Sequence
from html import unescape
from itertools import islice

import lxml.html
import trafilatura
from lxml import etree

from pipeline.reading.bodies import find_body, parse_page
from pipeline.reading.jsonld import read_jsonld
from pipeline.reading.metadata import (
    Metadata,
    Reading,
    clean_date,
    clean_language,
    clean_line,
    clean_names,
    clean_url,
    merge_metadata,
    name_origin,
)
from pipeline.reading.visible import find_headline, find_visible_date

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

# So that no page takes more than 10 s: trafilatura needs 9 s for 99,000 paragraphs, 65 s and 1.8 GB for a million of
# one letter each, which are 4 MB.
MAX_ELEMENTS = 100_000


class TooManyElementsError(ValueError):
    """A page has more elements than :data:`MAX_ELEMENTS`."""


def find_declared_encoding(body: bytes) -> str | None:
    """The encoding an HTML page names: ``<meta charset=…>``, ``<meta … content="text/html; charset=…">``."""
    # Browsers look at the first 1,024 bytes; pages that name it later than 4,096 are not known.
    found = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", body[:4096], re.IGNORECASE)
    return found[1].decode("ascii") if found else None


def read_html(content: str) -> Reading:
    """The article in a page, an empty line between its paragraphs and headings, and its metadata.

    Comments, navigation and boilerplate are left out; list items and table rows have a line each, cells are separated
    by `` | ``. Metadata is taken from JSON-LD first, then from OpenGraph and other ``<meta>``, then from the page.

    Returns:
        With an empty text where the page has no article in it.

    Raises:
        TooManyElementsError: a page made to keep a machine busy, or one that is no article.
    """
    page = _mend(content)
    try:
        tree = parse_page(page)
    except etree.LxmlError:
        return Reading(text="", body="html")
    elements = sum(1 for _ in islice(tree.iter(), MAX_ELEMENTS + 1))
    if elements > MAX_ELEMENTS:
        raise TooManyElementsError(f"has more than {MAX_ELEMENTS:,} elements; save the article alone as text")
    said = [
        name_origin(read_jsonld(_scripts(tree)), "json-ld"),
        name_origin(_read_meta(tree), "meta"),
        name_origin(_read_page(tree), "page"),
        name_origin(Metadata(published=find_visible_date(tree)), "page"),
        name_origin(_read_guessed(tree), "guess"),
    ]
    body = find_body(page, elements=elements)
    return Reading(
        text=body.text,
        metadata=_with_headline(tree, merge_metadata(said)),
        body=body.extractor,
        confidence=body.confidence,
    )


def _with_headline(tree: lxml.html.HtmlElement, metadata: Metadata) -> Metadata:
    is_said = metadata.origins.get("title") in {"json-ld", "meta"}
    headline = find_headline(tree, metadata.title if is_said else None)
    if headline is None or headline == metadata.title:
        return metadata
    return metadata.model_copy(update={"title": headline, "origins": metadata.origins | {"title": "page"}})


def _mend(content: str) -> str:
    """The page without the characters that XML forbids: with one of them in it, trafilatura finds nothing.

    ``&#146;``, an old page's apostrophe, becomes the ’ that every browser shows.
    """
    content = re.sub(r"^\s*<\?xml[^>]*>", "", content)  # its encoding is no longer true
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", " ", content)
    return re.sub(r"&#(?:[0-9]+|[xX][0-9a-fA-F]+);?", _mend_reference, plain)


def _mend_reference(reference: "re.Match[str]") -> str:
    character = unescape(reference[0])
    if character in "<>&\"'":
        return reference[0] if character else " "
    is_readable = character.isspace() or (character.isprintable() and character != "\ufffd")
    return character if is_readable else " "


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


def _read_guessed(tree: lxml.html.HtmlElement) -> Metadata:
    document = trafilatura.extract_metadata(
        tree,
        # An extensive search takes dates from the running text, and 1 January from "Copyright 2020".
        date_config={"extensive_search": False, "original_date": True},
    )
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
