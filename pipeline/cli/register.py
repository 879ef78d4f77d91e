"""``entente register``: who agreed what with whom."""

from typing import Annotated

import typer
from rich.text import Text

from pipeline.brief.phrases import say_parties, say_value
from pipeline.cli.door import open_store
from pipeline.cli.options import (
    AsOf,
    Decided,
    Differs,
    From,
    Json,
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
from pipeline.cli.print import Column, is_wide, print_json, print_note, print_table, show_id, show_label
from pipeline.store.filters import RegisterFilter
from pipeline.store.rows import RegisterRow

_WIDE = [
    Column("id"),
    Column("agreement", wraps=True, share=4),
    Column("kind", wraps=True, share=2),
    Column("status"),
    Column("date"),
    Column("parties", wraps=True, share=4),
    Column("articles", justify="right"),
]
_NARROW = [
    Column("id"),
    Column("agreement", wraps=True, share=1),
    Column("status, date"),
    Column("parties", wraps=True, share=1),
    Column("art.", justify="right"),
]


def register(
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
    after: Annotated[str | None, typer.Option(metavar="ID", help="Go on after this row (its whole id).")] = None,
    json: Json = False,
) -> None:
    """List who agreed what with whom, one row an agreement, the most recently told of first.

    Agreements without a name stand in italics, by a label of ours. Dates are of conclusion or start.
    """
    wanted = find_register_filter(locals())  # the options by their names: there are too many to be named twice
    from pipeline.store.register import load_register

    with open_store() as store:
        rows = load_register(store, wanted)
    _print(rows, wanted, as_json=json)


_EMPTY = "The register is empty: entente ingest FOLDER fills it."


def _print(rows: list[RegisterRow], wanted: RegisterFilter, *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
    elif rows:
        print_table(_WIDE if is_wide() else _NARROW, [_show(row) for row in rows])
    else:
        is_filtered = wanted != RegisterFilter(limit=wanted.limit)
        print_note("No agreement is like that: entente register lists all." if is_filtered else _EMPTY)
    if rows and wanted.limit == len(rows) and not as_json:
        print_note(f"There may be more: --after {rows[-1].id} goes on.")


def _show(row: RegisterRow) -> list[str | Text]:
    label = show_label(row.label, is_named=row.name is not None)
    parties = say_parties(each for each in row.parties if not each.is_minor and not each.is_past)
    kind, status, date, seen = say_value(row.kind), say_value(row.status), row.date or "", str(row.independent)
    if is_wide():
        return [show_id(row.id), label, kind, status, date, parties, seen]
    below = Text(kind, style="dim")
    return [show_id(row.id), Text("\n").join([label, below]), Text(f"{status}\n{date}".strip()), parties, seen]
