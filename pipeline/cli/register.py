"""``entente register``: who agreed what with whom."""

from typing import Annotated

import typer
from rich.text import Text

from pipeline.brief.phrases import say_parties, say_value
from pipeline.cli.door import open_store
from pipeline.cli.options import Json, Limit, Search, check_day
from pipeline.cli.print import Column, is_wide, print_json, print_note, print_table, show_id, show_label
from pipeline.enumerations import AgreementKind, PartyRole, Review, Status
from pipeline.sources.catalog import Authority
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
    status_from: Annotated[str | None, typer.Option(metavar="DAY", help="Standing so since DAY or later.")] = None,
    status_to: Annotated[str | None, typer.Option(metavar="DAY", help="Standing so since DAY or earlier.")] = None,
    party: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="With this party (its canonical name); again: with all.")
    ] = None,
    role: Annotated[
        PartyRole | None, typer.Option(case_sensitive=False, help="In which --party has this role.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="That this publisher tells of.")] = None,
    authority: Annotated[
        Authority | None, typer.Option(case_sensitive=False, help="That a source of this authority tells of.")
    ] = None,
    theme: Annotated[str | None, typer.Option(metavar="ID", help="That passages of this theme tell of.")] = None,
    published_from: Annotated[
        str | None, typer.Option(metavar="DAY", help="That an article published on DAY or later tells of.")
    ] = None,
    published_to: Annotated[str | None, typer.Option(metavar="DAY", help="... published on DAY or earlier.")] = None,
    review: Annotated[
        Review | None,
        typer.Option(case_sensitive=False, help="Decided so by a person; rejected rows are listed so only."),
    ] = None,
    named: Annotated[
        bool | None, typer.Option("--named/--unnamed", help="With a name of their own, or without.")
    ] = None,
    differs: Annotated[
        bool | None, typer.Option("--differs/--agrees", help="Whose articles contradict each other.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, metavar="P", help="Of at least this confidence.")
    ] = 0.0,
    as_of: Annotated[
        str | None, typer.Option(metavar="DAY", help="As they stood for a reader of what was published until DAY.")
    ] = None,
    search: Search = None,
    limit: Limit = None,
    after: Annotated[str | None, typer.Option(metavar="ID", help="Go on after this row (its whole id).")] = None,
    json: Json = False,
) -> None:
    """List who agreed what with whom, one row an agreement, the most recently told of first.

    Agreements without a name stand in italics, by a label of ours. Dates are of conclusion or start.
    """
    from pipeline.store.register import load_register

    conditions = {
        "kind": kind,
        "status": status,
        "status_from": check_day(status_from, "--status-from"),
        "status_to": check_day(status_to, "--status-to"),
        "party": tuple(party or ()),
        "role": role,
        "publisher": publisher,
        "authority": authority,
        "theme": theme,
        "published_from": check_day(published_from, "--published-from"),
        "published_to": check_day(published_to, "--published-to"),
        "review": review,
        "named": named,
        "differs": differs,
        "min_confidence": min_confidence,
        "as_of": check_day(as_of, "--as-of"),
        "text": search,
        "after": after,
    }
    with open_store() as store:
        rows = load_register(store, RegisterFilter.model_validate(conditions | {"limit": limit}))
    _print(
        rows, limit=limit, as_json=json, is_filtered=any(value not in (None, (), 0.0) for value in conditions.values())
    )


_EMPTY = "The register is empty: entente ingest FOLDER fills it."


def _print(rows: list[RegisterRow], *, limit: int | None, as_json: bool, is_filtered: bool) -> None:
    if as_json:
        print_json(rows)
    elif rows:
        print_table(_WIDE if is_wide() else _NARROW, [_show(row) for row in rows])
    else:
        print_note("No agreement is like that: entente register lists all." if is_filtered else _EMPTY)
    if rows and limit == len(rows) and not as_json:
        print_note(f"There may be more: --after {rows[-1].id} goes on.")


def _show(row: RegisterRow) -> list[str | Text]:
    label = show_label(row.label, is_named=row.name is not None)
    parties = say_parties(each for each in row.parties if not each.is_minor and not each.is_past)
    kind, status, date, seen = say_value(row.kind), say_value(row.status), row.date or "", str(row.independent)
    if is_wide():
        return [show_id(row.id), label, kind, status, date, parties, seen]
    below = Text(kind, style="dim")
    return [show_id(row.id), Text("\n").join([label, below]), Text(f"{status}\n{date}".strip()), parties, seen]
