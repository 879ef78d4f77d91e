"""``entente entities``: who and what is named, or all about one of them."""

from typing import Annotated

import typer
from rich.text import Text

from pipeline.cli.door import open_store
from pipeline.cli.options import Json, Limit, Search
from pipeline.cli.print import Column, is_wide, print_json, print_line, print_note, print_table, show_id
from pipeline.enumerations import EntityType
from pipeline.store.actor_rows import FoundActor
from pipeline.store.filters import EntityFilter
from pipeline.store.rows import EntityRow

_COLUMNS = [
    Column("id"),
    Column("name", wraps=True, share=3),
    Column("type"),
    Column("articles", justify="right"),
    Column("mentions", justify="right"),
]
_EXTRA = [Column("iso"), Column("wikidata"), Column("first"), Column("last"), Column("also", wraps=True, share=3)]
PAGE = 20  #: of each list of one entity: what a person reads at once


def entities(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="All about the one of this name, alias or id (ac-…).")
    ] = None,
    kind: Annotated[EntityType | None, typer.Option("--type", case_sensitive=False, help="Of this type.")] = None,
    search: Search = None,
    article: Annotated[
        str | None, typer.Option("--article", metavar="ID", help="Named in this article (ar-…).")
    ] = None,
    limit: Limit = None,
    page: Annotated[
        int,
        typer.Option("--page", min=1, metavar="N", help="The N-th page: of --limit rows, of 20 where none is given."),
    ] = 1,
    json: Json = False,
) -> None:
    """List who and what is named, in most articles first; with a NAME, all about that one.

    Its page has aliases and ids, the agreements it is party to, with whom, claims by it and about it, and where it is named.
    """
    from pipeline.store.actors import load_entities

    if name is not None:
        _show_named(name, size=limit or PAGE, page=page, as_json=json)
        return
    size = limit if limit or page == 1 else PAGE
    offset = (page - 1) * (size or 0)
    with open_store() as store:
        wanted = EntityFilter(text=search, type=kind, article_id=article, limit=size, offset=offset)
        rows = load_entities(store, wanted)
    _show_rows(rows, is_asked=any((kind, search, article, page > 1)), as_json=json)


def print_actor(found: FoundActor, *, as_json: bool) -> None:
    """The page of one actor, for a person or a machine; ``entente show`` prints it too."""
    from pipeline.cli.actor_pages import show_actor

    if as_json:
        print_json(found)
        return
    for part in show_actor(found):
        print_line(part.text, indent=part.indent)


def _show_named(name: str, *, size: int, page: int, as_json: bool) -> None:
    """The one that is called so; those that are, where there are several."""
    from pipeline.store.actor_pages import load_actor
    from pipeline.store.actors import find_entities

    with open_store() as store:
        rows = [] if name.startswith("ac-") else find_entities(store, name)
        is_one = name.startswith("ac-") or len(rows) == 1
        found = load_actor(store, rows[0].id if rows else name, size=size, page=page) if is_one else None
    if found is not None:
        print_actor(found, as_json=as_json)
        return
    if rows:
        print_note(f"{len(rows)} are called {name}: give the id of one.")
    _show_rows(rows, is_asked=True, as_json=as_json)


def _show_rows(rows: list[EntityRow], *, is_asked: bool, as_json: bool) -> None:
    if as_json:
        print_json(rows)
    elif rows:
        print_table([*_COLUMNS, *_EXTRA] if is_wide() else _COLUMNS, [_show(row) for row in rows])
    elif is_asked:
        print_note("No entity is like that: entente entities lists all.")
    else:
        print_note("There are no entities yet: entente ingest FOLDER finds them.")


def _show(row: EntityRow) -> list[str | Text]:
    cells: list[str | Text] = [
        show_id(row.id),
        Text(row.canonical, style="bold"),
        row.type,
        str(row.articles),
        str(row.mentions),
    ]
    days = [row.first_published or "", row.last_published or ""]
    return [*cells, row.iso or "", row.wikidata or "", *days, ", ".join(row.aliases)] if is_wide() else cells
