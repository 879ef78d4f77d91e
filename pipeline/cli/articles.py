"""``entente articles``: what was read."""

from typing import Annotated

import typer
from rich.text import Text

from pipeline.cli.door import open_store
from pipeline.cli.options import Json, Limit, Search
from pipeline.cli.print import Column, is_wide, print_json, print_note, print_table, show_id
from pipeline.records import SURE_BODY
from pipeline.store.filters import ArticleFilter
from pipeline.store.rows import ArticleRow

_NARROW = [
    Column("id"),
    Column("title", wraps=True, share=1),
    Column("published"),
    Column("agr.", justify="right"),
    Column("claims", justify="right"),
]
_WIDE = [
    Column("id"),
    Column("title", wraps=True, share=4),
    Column("publisher", wraps=True, share=2),
    Column("published"),
    Column("words", justify="right"),
    Column("agreements", justify="right"),
    Column("claims", justify="right"),
    Column("address", wraps=True, share=4),
]


def articles(
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Of this publisher.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="In this language: en, fr, …; !en is all but English.")
    ] = None,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="Only pages on whose body the extractors disagree: to be looked at.")
    ] = False,
    search: Search = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List articles, the youngest publication first."""
    from pipeline.store.articles import load_articles

    sure = SURE_BODY if doubtful else None
    wanted = ArticleFilter(text=search, publisher=publisher, language=language, less_sure_than=sure, limit=limit)
    with open_store() as store:
        rows = load_articles(store, wanted)
    if json:
        print_json(rows)
    elif rows:
        print_table(_WIDE if is_wide() else _NARROW, [_show(row) for row in rows])
        _note_foreign(rows)
    elif publisher or search or language or doubtful:
        print_note("No article is like that: entente articles lists all.")
    else:
        print_note("There are no articles yet: entente ingest FOLDER reads them.")


def _note_foreign(rows: list[ArticleRow]) -> None:
    if foreign := sum(row.language != "en" for row in rows):
        print_note(f"Not in English: {foreign}. Nothing is extracted from such articles (--language !en lists them).")


def _show(row: ArticleRow) -> list[str | Text]:
    title, published = Text(row.title or row.address, style="bold"), row.published or ""
    counts = [str(row.agreements), str(row.claims)]
    if not is_wide():
        return [show_id(row.id), title, published, *counts]
    return [
        show_id(row.id),
        title,
        row.publisher or "",
        published,
        str(row.words),
        *counts,
        row.url or row.address,
    ]
