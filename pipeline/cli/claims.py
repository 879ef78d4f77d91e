"""``entente claims``: who claims what."""

from collections import Counter
from typing import Annotated

import typer
from rich.text import Text

from pipeline.brief.phrases import say_speaker, say_value
from pipeline.cli.door import open_store
from pipeline.cli.options import Json, Limit, Search
from pipeline.cli.print import Column, is_wide, print_json, print_note, print_table, show_id
from pipeline.enumerations import ClaimType
from pipeline.records import AUTHOR
from pipeline.store.filters import ClaimFilter
from pipeline.store.rows import ClaimRow

_WIDE = [
    Column("id"),
    Column("speaker", wraps=True, share=2),
    Column("type"),
    Column("claim", wraps=True, share=5),
    Column("published"),
    Column("article", wraps=True, share=3),
]
_NARROW = [Column("id"), Column("speaker, type", wraps=True, share=1), Column("claim", wraps=True, share=2)]


def claims(
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Of this speaker; AUTHOR is the writer.")] = None,
    kind: Annotated[ClaimType | None, typer.Option("--type", case_sensitive=False, help="Of this type.")] = None,
    search: Search = None,
    by_speaker: Annotated[
        bool, typer.Option("--by-speaker", help="Together by speaker, the busiest first, the author last.")
    ] = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List who claims, promises, wants or expects what."""
    from pipeline.store.records import load_claims

    with open_store() as store:
        rows = load_claims(store, ClaimFilter(text=search, speaker=speaker, type=kind, limit=limit))
    if by_speaker:
        rows = _group(rows)
    if json:
        print_json(rows)
    elif rows:
        print_table(_WIDE if is_wide() else _NARROW, [_show(row) for row in rows])
    elif speaker or kind or search:
        print_note("No claim is like that: entente claims lists all.")
    else:
        print_note("There are no claims yet: entente ingest FOLDER finds them.")


def _group(rows: list[ClaimRow]) -> list[ClaimRow]:
    counts = Counter(row.speaker for row in rows)
    return sorted(rows, key=lambda row: (row.speaker == AUTHOR, -counts[row.speaker], row.speaker or ""))


def _show(row: ClaimRow) -> list[str | Text]:
    speaker = Text(say_speaker(row.speaker), style="italic" if row.speaker == AUTHOR else "bold")
    said = say_value(row.type)
    if is_wide():
        return [show_id(row.id), speaker, said, row.content, row.published or "", row.title or row.address]
    return [show_id(row.id), Text("\n").join([speaker, Text(said, style="dim")]), row.content]
