"""``entente export``: any list as a file for other programs."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from pathlib import PurePath
from typing import Annotated, Any, BinaryIO

import typer

from pipeline.cli.door import open_store
from pipeline.cli.options import (
    AsOf,
    Decided,
    Differs,
    From,
    Kind,
    Limit,
    Named,
    Party,
    Publisher,
    Role,
    Said,
    Search,
    Standing,
    StandingFrom,
    StandingTo,
    Sure,
    Theme,
    To,
    find_register_filter,
)
from pipeline.cli.print import print_note
from pipeline.enumerations import ClaimType, EntityType, Review
from pipeline.records import SURE_BODY
from pipeline.store.filters import ArticleFilter, ClaimFilter, EntityFilter

app = typer.Typer(name="export", help="Write lists, or the marked texts themselves, as files for other programs.")


class Format(StrEnum):
    """What a table can be written as."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"


Out = Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="The file to write; - is standard output.")]
AsFormat = Annotated[
    Format | None,
    typer.Option("--format", "-f", case_sensitive=False, help="By default what FILE ends with, else csv."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]
Rejected = Annotated[bool, typer.Option("--rejected", help="Also what a person said is wrong.")]
Bom = Annotated[bool, typer.Option("--bom", help="Begin a CSV file with the mark by which Excel knows UTF-8.")]
Language = Annotated[str | None, typer.Option(metavar="CODE", help="In this language; !en is all but English.")]


@app.command()
def register(
    out: Out,
    kind: Kind = None,
    status: Standing = None,
    status_from: StandingFrom = None,
    status_to: StandingTo = None,
    party: Party = None,
    role: Role = None,
    publisher: Publisher = None,
    authority: Said = None,
    theme: Theme = None,
    published_from: From = None,
    published_to: To = None,
    review: Decided = None,
    named: Named = None,
    differs: Differs = None,
    min_confidence: Sure = 0.0,
    as_of: AsOf = None,
    search: Search = None,
    limit: Limit = None,
    format_: AsFormat = None,
    rejected: Rejected = False,
    bom: Bom = False,
    force: Force = False,
) -> None:
    """Rows of the register, one a line."""
    from pipeline.store.streams import stream_register

    wanted = find_register_filter(locals())
    stream = partial(stream_register, wanted=wanted, with_rejected=rejected)
    _write_table("register", stream, out, format_, rejected or review is Review.REJECT, bom, force)


@app.command()
def observations(
    out: Out,
    kind: Kind = None,
    status: Standing = None,
    status_from: StandingFrom = None,
    status_to: StandingTo = None,
    party: Party = None,
    role: Role = None,
    publisher: Publisher = None,
    authority: Said = None,
    theme: Theme = None,
    published_from: From = None,
    published_to: To = None,
    review: Decided = None,
    named: Named = None,
    differs: Differs = None,
    min_confidence: Sure = 0.0,
    as_of: AsOf = None,
    search: Search = None,
    limit: Limit = None,
    format_: AsFormat = None,
    rejected: Rejected = False,
    bom: Bom = False,
    force: Force = False,
) -> None:
    """What each article says of the rows of the register; the filters are of the rows."""
    from pipeline.store.streams import stream_observations

    wanted = find_register_filter(locals())
    stream = partial(stream_observations, wanted=wanted, with_rejected=rejected)
    _write_table("observations", stream, out, format_, rejected or review is Review.REJECT, bom, force)


@app.command()
def claims(
    out: Out,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Of this speaker; AUTHOR is the writer.")] = None,
    kind: Annotated[ClaimType | None, typer.Option("--type", case_sensitive=False, help="Of this type.")] = None,
    search: Search = None,
    limit: Limit = None,
    format_: AsFormat = None,
    rejected: Rejected = False,
    bom: Bom = False,
    force: Force = False,
) -> None:
    """Claims with their speakers and where they stand."""
    from pipeline.store.streams import stream_claims

    wanted = ClaimFilter(text=search, speaker=speaker, type=kind, limit=limit)
    stream = partial(stream_claims, wanted=wanted, with_rejected=rejected)
    _write_table("claims", stream, out, format_, rejected, bom, force)


@app.command()
def entities(
    out: Out,
    kind: Annotated[EntityType | None, typer.Option("--type", case_sensitive=False, help="Of this type.")] = None,
    search: Search = None,
    limit: Limit = None,
    format_: AsFormat = None,
    rejected: Rejected = False,
    bom: Bom = False,
    force: Force = False,
) -> None:
    """Who and what is named, over all articles."""
    from pipeline.store.streams import stream_entities

    wanted = EntityFilter(text=search, type=kind, limit=limit)
    _write_table("entities", lambda store: stream_entities(store, wanted), out, format_, rejected, bom, force)


@app.command()
def articles(
    out: Out,
    publisher: Publisher = None,
    language: Language = None,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="Only pages on whose body the extractors disagree.")
    ] = False,
    search: Search = None,
    limit: Limit = None,
    format_: AsFormat = None,
    bom: Bom = False,
    force: Force = False,
) -> None:
    """What was read, without the texts."""
    from pipeline.store.streams import stream_articles

    sure = SURE_BODY if doubtful else None
    wanted = ArticleFilter(text=search, publisher=publisher, language=language, less_sure_than=sure, limit=limit)
    _write_table("articles", lambda store: stream_articles(store, wanted), out, format_, True, bom, force)


@app.command()
def annotations(
    out: Out,
    publisher: Publisher = None,
    search: Search = None,
    limit: Limit = None,
    rejected: Rejected = False,
    force: Force = False,
) -> None:
    """W3C Web Annotations (JSON-LD): each record by quote and position; the filters are of articles."""
    from pipeline.exports.annotation import write_annotations

    wanted = ArticleFilter(text=search, publisher=publisher, limit=limit)
    _write_marked(lambda file, found: write_annotations(file, found, with_rejected=rejected), wanted, out, force)


@app.command()
def docbin(
    out: Out,
    publisher: Publisher = None,
    search: Search = None,
    limit: Limit = None,
    rejected: Rejected = False,
    force: Force = False,
) -> None:
    """A spaCy DocBin: articles as Docs with span groups; the filters are of articles."""
    from pipeline.exports.docbin import write_docbin

    wanted = ArticleFilter(text=search, publisher=publisher, limit=limit)
    _write_marked(lambda file, found: write_docbin(file, found, with_rejected=rejected), wanted, out, force)


@app.command()
def prodigy(
    out: Out, publisher: Publisher = None, search: Search = None, limit: Limit = None, force: Force = False
) -> None:
    """Tasks as Prodigy has them, with people's answers, rejections too; the filters are of articles."""
    from pipeline.exports.prodigy import write_prodigy

    wanted = ArticleFilter(text=search, publisher=publisher, limit=limit)
    _write_marked(write_prodigy, wanted, out, force)


def _write_table(
    view: str,
    stream: Callable[[Any], Iterable[Any]],
    out: str,
    format_: Format | None,
    rejected: bool,
    bom: bool,
    force: bool,
) -> None:
    from pipeline.exports.output import open_output
    from pipeline.exports.table import write_table

    chosen = format_ or _find_format(out)
    with open_store() as store, open_output(out, overwrite=force) as file:
        items = (item for item in stream(store) if rejected or not item.is_rejected)
        _say_written(write_table(file, view, chosen, items, with_bom=bom), out)


def _write_marked(
    write: Callable[[BinaryIO, Iterable[Any]], int], wanted: ArticleFilter, out: str, force: bool
) -> None:
    from pipeline.exports.output import open_output
    from pipeline.store.streams import stream_annotated

    with open_store() as store, open_output(out, overwrite=force) as file:
        _say_written(write(file, stream_annotated(store, wanted)), out)


def _find_format(out: str) -> Format:
    ending = PurePath(out).suffix.removeprefix(".").lower()
    return Format(ending) if ending in set(Format) else Format.CSV


def _say_written(number: int, out: str) -> None:
    print_note(f"{number:,} written to {'standard output' if out == '-' else out}")
