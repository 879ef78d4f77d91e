"""``entente themes``: what the articles are about."""

from rich.text import Text

from pipeline.cli.door import open_store
from pipeline.cli.options import Json, Limit
from pipeline.cli.print import Column, is_wide, print_json, print_note, print_table, show_id
from pipeline.store.rows import ThemeRow

_COLUMNS = [
    Column("id"),
    Column("theme", wraps=True, share=2),
    Column("size", justify="right"),
    Column("articles", justify="right"),
]
_EXTRA = [Column("terms", wraps=True, share=2), Column("an example", wraps=True, share=4)]
_EXAMPLE = 160  # characters: two lines of a wide table


def themes(limit: Limit = None, json: Json = False) -> None:
    """List what the articles are about, the largest first.

    The size of a theme is its number of passages and claims.
    """
    from pipeline.store.themes import load_themes

    with open_store() as store:
        rows = load_themes(store)[:limit]
    if json:
        print_json(rows)
    elif rows:
        print_table([*_COLUMNS, *_EXTRA] if is_wide() else _COLUMNS, [_show(row) for row in rows])
    else:
        print_note("There are no themes yet: entente ingest FOLDER --themes finds them.")


def _show(row: ThemeRow) -> list[str | Text]:
    cells: list[str | Text] = [
        show_id(row.id),
        Text(row.label, style="bold"),
        str(row.size),
        str(row.articles),
    ]
    if not is_wide():
        return cells
    example = " ".join(row.exemplars[0].text.split()) if row.exemplars else ""
    return [*cells, ", ".join(row.terms), example[:_EXAMPLE] + ("…" if len(example) > _EXAMPLE else "")]
