"""``entente register``: who agreed what with whom."""

from typing import Annotated

import typer
from rich.text import Text

from pipeline.brief.phrases import say_parties, say_value
from pipeline.cli.door import open_store
from pipeline.cli.options import Json, Limit, Search
from pipeline.cli.print import Column, is_wide, print_json, print_note, print_table, show_id, show_label
from pipeline.enumerations import AgreementKind, PartyRole, Status
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
    kind: Annotated[AgreementKind | None, typer.Option(case_sensitive=False, help="Of this kind.")] = None,
    status: Annotated[Status | None, typer.Option(case_sensitive=False, help="Standing so.")] = None,
    party: Annotated[str | None, typer.Option(metavar="NAME", help="With this party (its canonical name).")] = None,
    role: Annotated[
        PartyRole | None, typer.Option(case_sensitive=False, help="In which --party has this role.")
    ] = None,
    search: Search = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List who agreed what with whom, one row an agreement.

    Agreements without a name stand in italics, by a label of ours. Dates are of conclusion or start.
    """
    from pipeline.store.records import load_register

    wanted = RegisterFilter(text=search, kind=kind, status=status, party=party, role=role, limit=limit)
    with open_store() as store:
        rows = load_register(store, wanted)
    if json:
        print_json(rows)
    elif rows:
        print_table(_WIDE if is_wide() else _NARROW, [_show(row) for row in rows])
    else:
        is_filtered = any((kind, status, party, role, search))
        print_note("No agreement is like that: entente register lists all." if is_filtered else _EMPTY)


_EMPTY = "The register is empty: entente ingest FOLDER fills it."


def _show(row: RegisterRow) -> list[str | Text]:
    label, parties = show_label(row.label, is_named=row.name is not None), say_parties(row.parties)
    kind, status, date, seen = say_value(row.kind), say_value(row.status), row.date or "", str(row.independent)
    if is_wide():
        return [show_id(row.id), label, kind, status, date, parties, seen]
    below = Text(kind, style="dim")
    return [show_id(row.id), Text("\n").join([label, below]), Text(f"{status}\n{date}".strip()), parties, seen]
