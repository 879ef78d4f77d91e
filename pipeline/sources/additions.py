"""Adding a source to the catalogue: what a place is, found out by asking it, and its few lines at the file's end."""

import json
import re
from html import unescape
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import InputError, RefusedError
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.sources.catalog import Source, SourceKind, explain_invalid, load_catalog
from pipeline.sources.items import clean_address
from pipeline.sources.listing import is_sitemap, read_listing
from pipeline.sources.urls import is_url, normalise_url, printable
from pipeline.sources.web import fetch_page

_LINK = re.compile(r"<link\b[^>]{0,1000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"type\s*=\s*[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_HEAD = 200_000  # characters of a page in which its feeds are named


class Place(Record):
    """What stands at a place that was named: a kind of source, and its address."""

    kind: SourceKind
    where: str  #: the address of a feed, sitemap or page, or the path of a folder


def find_kind(where: str, *, settings: Settings) -> Place:
    """What a place is: a folder, or what its address answers with.

    A web page that names a feed of its own (``<link rel="alternate" type="application/rss+xml">``) stands for that
    feed, any other for itself, as a list of one page.

    Raises:
        FetchError: it does not answer, or must not be asked.
        ReadError: what it answers with looks like a list of articles, but cannot be read.
        InputError: there is no such folder.
    """
    if not is_url(where):
        return _find_folder(where)
    page = fetch_page(where, settings=settings)
    if re.search(rb"<html[\s>]", page.body[:2_000], re.IGNORECASE):
        feed = _find_feed(page.body.decode("utf-8", "replace")[:_HEAD], page.url)
        return Place(kind=SourceKind.FEED, where=feed) if feed else Place(kind=SourceKind.PAGES, where=where)
    read_listing(page.body, media_type=page.media_type, address=page.url, max_bytes=settings.fetch_max_bytes)
    return Place(kind=SourceKind.SITEMAP if is_sitemap(page.body) else SourceKind.FEED, where=where)


def name_kind(where: str, kind: str) -> Place:
    """A place of a kind that is known, without asking it.

    Raises:
        InputError: there is no such kind of source, no such folder, or it is no web address.
    """
    if kind not in list(SourceKind):
        raise InputError(f"{printable(kind)}: is no kind of source; there are {', '.join(SourceKind)}")
    if kind == SourceKind.FOLDER:
        return _find_folder(where)
    try:
        normalise_url(where)
    except RefusedError as error:
        raise InputError(str(error)) from error
    return Place(kind=SourceKind(kind), where=where)


def _find_folder(where: str) -> Place:
    if not Path(where).is_dir():
        raise InputError(f"{printable(where)}: is neither a folder nor a web address; a source is one of them")
    return Place(kind=SourceKind.FOLDER, where=str(Path(where).resolve()))


def make_source(place: Place, **given: object) -> Source:
    """A source at a place.

    Args:
        place: what stands there.
        given: the other fields of :class:`pipeline.sources.catalog.Source`; what is None or empty is left out.

    Raises:
        InputError: a field is wrong; it says which.
    """
    key = {SourceKind.PAGES: "urls", SourceKind.FOLDER: "path"}.get(place.kind, "url")
    values: dict[str, object] = {"kind": place.kind, key: [place.where] if key == "urls" else place.where}
    values |= {name: value for name, value in given.items() if value not in (None, [], ())}
    try:
        return Source.model_validate(values, strict=False)
    except ValidationError as error:
        raise InputError(explain_invalid(error)) from error


def append_source(catalog: Path, source: Source) -> None:
    """Write a source at the end of a catalogue, whose other lines stay as they are; makes the file where there is none.

    Raises:
        InputError: there is a source of that name, or the file is no catalogue or cannot be written.
    """
    known = load_catalog(catalog) if catalog.exists() else ()
    if source.name in [each.name for each in known]:
        raise InputError(f"{source.name}: there is a source of this name in {printable(str(catalog))}; choose another")
    before = catalog.read_text(encoding="utf-8") if known or catalog.exists() else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    beside = catalog.with_name(catalog.name + ".new")
    try:
        catalog.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(before + gap + write_table(source), encoding="utf-8", newline="\n")
        load_catalog(beside)  # what cannot be read again never takes the place of what could
        beside.replace(catalog)
    except OSError as error:
        raise InputError(f"{printable(str(catalog))}: cannot be written ({error.strerror})") from error
    finally:
        beside.unlink(missing_ok=True)


def write_table(source: Source) -> str:
    """A source as its table in the catalogue; what is as by default is left out.

    ``[[source]]``, ``name = "nato-news"``, ``kind = "feed"``, ...
    """
    values = source.model_dump(mode="json", exclude_defaults=True)
    # What TOML has as strings, numbers, booleans and lists is written as in JSON.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join(["[[source]]", *lines]) + "\n"


def suggest_name(where: str) -> str:
    """A name for a source that was given none: ``https://www.nato.int/rss.xml`` -> ``nato-int``, a folder by its own."""
    host = re.sub(r"^[a-z]+://(?:www\.)?([^/?#:]*).*$", r"\1", where, flags=re.IGNORECASE) if is_url(where) else ""
    stem = host or Path(where).name
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:64].strip("-") or "source"


def _find_feed(page: str, base: str) -> str | None:
    for link in _LINK.findall(page):
        href = _HREF.search(link)
        if href and _FEED_TYPE.search(link):
            return clean_address(unescape(next(filter(None, href.groups()), "")), base=base)
    return None
