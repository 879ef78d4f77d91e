"""The catalogue of sources: a TOML file in which an analyst writes down where articles come from."""

import re
import tomllib
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from pipeline.enumerations import Authority
from pipeline.errors import InputError, NotFoundError
from pipeline.records import IsoDate, Record
from pipeline.sources.given import check_given
from pipeline.sources.inputs import FoundInputs, find_addresses
from pipeline.sources.times import Times
from pipeline.sources.urls import printable

ALL = "*"  #: what stands for all enabled sources where a name is asked for; no name can be it
REST = "*rest"  #: ... for those of them that have no times of their own
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class SourceKind(StrEnum):
    """How the articles of a source are found."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGES = "pages"
    FOLDER = "folder"


class Source(Record):
    """One place that articles come from."""

    name: Name  #: what it is called on the command line: ``--source nato-news``
    kind: SourceKind
    title: str | None = None  #: what it is called for people
    url: str | None = None  #: of a feed or sitemap
    urls: tuple[str, ...] = ()  #: of pages
    path: Path | None = None  #: of a folder; in the file, relative to the file's own folder
    enabled: bool = True
    authority: Authority
    publisher: str | None = None  #: given to its articles
    language: Language | None = None  #: given to its articles
    licence: str | None = None  #: what may be done with its articles, as its owner says
    pace: Annotated[float, Field(gt=0)] = 10.0  #: seconds between two requests; what most robots.txt ask for is less
    most: Annotated[int, Field(gt=0)] = 200  #: articles fetched in one poll; at a pace of 10 s that is half an hour
    since: IsoDate | None = None  #: articles that the source itself dates before this day are left out
    include: tuple[str, ...] = ()  #: patterns (``*/2025/*``) of which an address must match one, where there are any
    exclude: tuple[str, ...] = ()  #: patterns of which it must match none
    schedule: str | None = None  #: when it is asked, a cron expression in UTC; without it and ``every``, each morning
    every: str | None = None  #: how often it is asked instead: ``30m``, ``6h``, ``1d``

    @property
    def times(self) -> Times:
        """When it is asked."""
        return Times.of(schedule=self.schedule, every=self.every)

    @property
    def has_own_times(self) -> bool:
        """Whether the catalogue says when it is asked."""
        return self.schedule is not None or self.every is not None

    @model_validator(mode="after")
    def _check_place(self) -> Self:
        places = {"url": self.url is not None, "urls": bool(self.urls), "path": self.path is not None}
        needed = {SourceKind.PAGES: "urls", SourceKind.FOLDER: "path"}.get(self.kind, "url")
        if [place for place, is_there in places.items() if is_there] != [needed]:
            raise ValueError(f"a {self.kind} has {needed} and no other place")
        Times.of(schedule=self.schedule, every=self.every)  # says what is wrong with them
        return self


def load_catalog(path: Path) -> tuple[Source, ...]:
    """The sources of a catalogue, in its order, those that are not enabled included.

    Args:
        path: a TOML file with one ``[[source]]`` table for each source.

    Raises:
        InputError: no such file, no TOML, an unknown or missing key, a wrong value, a name that stands twice.
    """
    where = printable(str(path))
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{where}: there is no such catalogue; name another with ENTENTE_SOURCES") from error
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({error.strerror}); check its permissions") from error
    except ValueError as error:  # also what is not UTF-8
        raise InputError(f"{where}: is no TOML ({printable(str(error))}); mend it") from error
    sources = tuple(_to_source(table, place, path) for place, table in enumerate(_tables(tables, where), start=1))
    names = [source.name for source in sources]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{where}: the name {', '.join(twice)} stands more than once; rename one")
    return sources


def find_source(sources: tuple[Source, ...], name: str) -> Source:
    """The source of that name; one that is not enabled may still be asked for by name.

    Raises:
        NotFoundError: none bears the name; it says which there are.
    """
    for source in sources:
        if source.name == name:
            return source
    known = ", ".join(source.name for source in sources) or "none"
    raise NotFoundError(f"{printable(name)}: no source has this name; there are: {known}")


def find_sources(sources: tuple[Source, ...], name: str) -> tuple[Source, ...]:
    """The sources that a name stands for.

    ``*`` are all that are enabled, ``*rest`` those of them without times of their own; otherwise the one that bears it.

    Raises:
        NotFoundError: none bears the name.
    """
    if name not in {ALL, REST}:
        return (find_source(sources, name),)
    enabled = tuple(source for source in sources if source.enabled)
    return enabled if name == ALL else tuple(source for source in enabled if not source.has_own_times)


def find_source_addresses(source: Source) -> FoundInputs:
    """The addresses of the articles in a folder or list of pages, with an error for each that leads nowhere.

    Raises:
        InputError: a feed or a sitemap: what these list is asked of them (:mod:`pipeline.sources.polling`).
    """
    if source.kind is SourceKind.FOLDER:
        found = find_addresses([str(source.path)])
    elif source.kind is SourceKind.PAGES:
        found = find_addresses(source.urls)
    else:
        raise InputError(f"{source.name}: what a {source.kind} lists is not known before it was asked")
    chosen = tuple(address for address in found.addresses if is_included(source, address))
    return FoundInputs(addresses=chosen, failures=found.failures)


def source_given(source: Source) -> dict[str, Any]:
    """What the catalogue says of all articles of a source, as ``given`` of ``fetch_article``."""
    return check_given({"publisher": source.publisher, "language": source.language}, where=source.name)


def is_included(source: Source, address: str) -> bool:
    """Whether a source's patterns let an address pass; ``*`` stands for anything, slashes included."""
    if any(fnmatch(address, pattern) for pattern in source.exclude):
        return False
    return not source.include or any(fnmatch(address, pattern) for pattern in source.include)


def _tables(tables: dict[str, Any], where: str) -> list[dict[str, Any]]:
    found = tables.get("source", [])
    others = sorted(key for key in tables if key != "source")
    if others or not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise InputError(f"{where}: holds {', '.join(others) or 'source'}, but only [[source]] tables are known")
    return found


def _to_source(table: dict[str, Any], place: int, path: Path) -> Source:
    values = dict(table)
    if isinstance(values.get("path"), str):
        values["path"] = str(path.resolve().parent / values["path"])
    try:
        # Not strict: TOML has no enumerations, paths or tuples.
        return Source.model_validate(values, strict=False)
    except ValidationError as error:
        which = table.get("name") or f"source {place}"
        raise InputError(f"{printable(str(path))}: {printable(str(which))}: {explain_invalid(error)}") from error


def explain_invalid(error: ValidationError) -> str:
    """What is wrong with a source's fields, in a line: ``pace: Input should be greater than 0``."""
    first = error.errors()[0]
    field = ".".join(map(str, first["loc"]))
    reason = re.sub(r"^Value error, ", "", first["msg"])
    if first["type"] == "extra_forbidden":
        return f"unknown key {printable(field)}; known are {', '.join(Source.model_fields)}"
    if first["type"] == "missing":
        return f"{field} is missing; add it"
    return f"{field}: {reason}" if field else reason
