"""``entente entities``: who and what is named."""

from typing import Annotated

import typer
from rich.text import Text

from pipeline.cli.door import open_store
from pipeline.cli.options import Json, Limit, Search
from pipeline.cli.print import Column, is_wide, print_json, print_note, print_table, show_id
from pipeline.enumerations import EntityType
from pipeline.store.filters import EntityFilter
from pipeline.store.rows import EntityRow

_COLUMNS = [
    Column("id"),
    Column("name", wraps=True, share=3),
    Column("type"),
    Column("mentions", justify="right"),
    Column("articles", justify="right"),
]
_EXTRA = [Column("iso"), Column("wikidata"), Column("also", wraps=True, share=3)]


def entities(
    kind: Annotated[EntityType | None, typer.Option("--type", case_sensitive=False, help="Of this type.")] = None,
    search: Search = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List who and what is named, the most mentioned first."""
    from pipeline.store.actors import load_entities

    with open_store() as store:
        rows = load_entities(store, EntityFilter(text=search, type=kind, limit=limit))
    if json:
        print_json(rows)
    elif rows:
        print_table([*_COLUMNS, *_EXTRA] if is_wide() else _COLUMNS, [_show(row) for row in rows])
    elif kind or search:
        print_note("No entity is like that: entente entities lists all.")
    else:
        print_note("There are no entities yet: entente ingest FOLDER finds them.")


def _show(row: EntityRow) -> list[str | Text]:
    cells: list[str | Text] = [
        show_id(row.id),
        Text(row.canonical, style="bold"),
        row.type,
        str(row.mentions),
        str(row.articles),
    ]
    return [*cells, row.iso or "", row.wikidata or "", ", ".join(row.aliases)] if is_wide() else cells
