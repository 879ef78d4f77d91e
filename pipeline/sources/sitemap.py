"""Sitemaps, news sitemaps and indexes of sitemaps: what they list. The reader is our own, on a hardened lxml.

A sitemap with ampersands that are not escaped is read all the same, since many are; one with a document type that
defines entities is not.
"""

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.sources.items import Below, Item, Listing, clean_address, clean_stamp, join_items, make_item

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
#: the root of a sitemap or of an index of them, in the first characters of a document
SITEMAP_ROOT = re.compile(rb"<(?:[A-Za-z]\w*:)?(?:urlset|sitemapindex)[\s>/]")


def parse_sitemap(body: bytes, *, address: str) -> Listing:
    """What a sitemap, or an index of sitemaps, lists.

    A news sitemap says title and day of publication too. Namespaces are not looked at: many write them wrong.

    Args:
        body: the document, unpacked.
        address: its own address.

    Raises:
        ValueError: it is no sitemap, or a trap.
    """
    if _ENTITY.search(body):
        raise ValueError("defines entities, as no sitemap does")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"is no XML ({error.msg})") from error
    fatal = [entry for entry in parser.error_log if "Excessive depth" in entry.message or "huge" in entry.message]
    if fatal:
        raise ValueError("is nested deeper than any sitemap")
    kind = _name(root) if root is not None else None
    if kind == "sitemapindex":
        below = (_read_below(child, address) for child in root if _name(child) == "sitemap")
        return Listing(below=tuple({each.address: each for each in below if each}.values()))
    if kind != "urlset":
        raise ValueError("is no sitemap")
    return Listing(items=join_items(_read_url(child, address) for child in root if _name(child) == "url"))


def parse_address_list(body: bytes, *, address: str) -> Listing:
    """A sitemap in plain text: one full address a line.

    Raises:
        ValueError: a line is no address.
    """
    lines = [line.strip() for line in body.decode("utf-8-sig").splitlines() if line.strip()]
    if not lines or not all(re.match(r"https?://\S+$", line) for line in lines):
        raise ValueError("is neither a feed nor a sitemap")
    return Listing(items=join_items(make_item(line, base=address) for line in lines))


def _read_below(element: etree._Element, base: str) -> Below | None:
    said = dict(_read_texts(element))
    address = clean_address(said.get("loc"), base=base)
    return Below(address=address, stamp=clean_stamp(said.get("lastmod"))) if address else None


def _read_url(element: etree._Element, base: str) -> Item | None:
    said = dict(_read_texts(element))
    return make_item(
        said.get("loc"),
        base=base,
        stamp=said.get("lastmod") or said.get("publication_date"),
        # A plain sitemap's lastmod is the day of the last change to the page, not of publication.
        published=said.get("publication_date"),
        title=said.get("title"),
    )


def _read_texts(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The elements with text in a url: its own, and those of the news extension; not those of images and videos."""
    for child in element:
        name = _name(child)
        if name == "news":
            yield from _read_texts(child)
        elif name in {"loc", "lastmod", "publication_date", "title"} and child.text:
            yield name, child.text.strip()


def _name(element: etree._Element) -> str:
    """``{http://…/sitemap/0.9}urlset`` and ``urlset`` -> ``urlset``; of a processing instruction no name."""
    return str(element.tag).rpartition("}")[2]
