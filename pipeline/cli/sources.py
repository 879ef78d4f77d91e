"""``entente sources``: where articles come from, and how each place does."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from pipeline.cli.door import load_settings, open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, is_wide, print_json, print_line, print_note, print_table, progress
from pipeline.errors import ArticleError

app = typer.Typer(name="sources", help="Where articles come from.")

_NARROW = [Column("name"), Column("kind"), Column("state", wraps=True, share=1)]
_WIDE = [
    Column("name"),
    Column("kind"),
    Column("authority"),
    Column("state", wraps=True, share=2),
    Column("items", justify="right"),
    Column("waiting", justify="right"),
    Column("polled (UTC)"),
    Column("where", wraps=True, share=2),
]
_CHECKED = [Column("name"), Column("answer"), Column("lists", justify="right"), Column("why", wraps=True, share=1)]


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Where articles come from, and how each place does."""
    if context.invoked_subcommand is None:
        list_sources()


@app.command(name="list")
def list_sources(json: Json = False) -> None:
    """List the catalogue: what each source is, when it was asked, how much it has shown, whether it fails."""
    from pipeline.sources.catalog import load_catalog

    settings = load_settings()
    sources = load_catalog(settings.sources)
    if not sources:
        print_note("The catalogue has no source yet: entente sources add URL")
    rows = _describe(sources, settings)
    if json:
        print_json(rows)
    elif rows and is_wide():
        print_table(_WIDE, [_show(row) for row in rows])
    elif rows:
        print_table(_NARROW, [[row["name"], row["kind"], _say_state(row)] for row in rows])


@app.command()
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME…", help="Sources of the catalogue; all that are enabled.")
    ] = None,
    json: Json = False,
) -> None:
    """Ask sources whether they answer and what they list; nothing is fetched from them, and nothing counts as seen.

    One that had failed and answers now is polled again from now on. Exit code 3 where one fails.
    """
    from pipeline.jobs.sources import check_sources
    from pipeline.sources.catalog import find_source, find_sources, load_catalog

    settings = load_settings()
    catalog = load_catalog(settings.sources)
    sources = [find_source(catalog, name) for name in names] if names else list(find_sources(catalog, "*"))
    with open_store(settings) as store, progress("Asking sources"):
        found = check_sources(store, sources, settings=settings)
    if json:
        print_json(found)
    elif found:
        answers = [Text("ok", style="green") if each.is_ok else Text("fails", style="red") for each in found]
        rows = zip(found, answers, strict=True)
        print_table(_CHECKED, [[each.source, said, str(each.items), each.reason or ""] for each, said in rows])
    else:
        print_note("No source of the catalogue is enabled: name one, or write enabled = true")
    if not all(each.is_ok for each in found):
        raise typer.Exit(ArticleError.exit_code)


@app.command()
def add(
    where: Annotated[str, typer.Argument(metavar="URL|FOLDER", help="A feed, a sitemap, a web page, a folder.")],
    authority: Annotated[
        str, typer.Option(metavar="WHO", help="Who speaks there: official, agency, press, analysis or opinion.")
    ],
    name: Annotated[str | None, typer.Option(metavar="NAME", help="For --source; by default after the host.")] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="feed, sitemap or pages, where it is not to be asked.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its name for people.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Given to its articles.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Given to its articles: en.")] = None,
    licence: Annotated[str | None, typer.Option(metavar="TEXT", help="What may be done with its articles.")] = None,
    pace: Annotated[float | None, typer.Option(metavar="S", help="Seconds between two requests (10).")] = None,
    include: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="Only such addresses: */2025/* (may be repeated).")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="No such addresses (may be repeated).")
    ] = None,
) -> None:
    """Add a source to the catalogue; what it is, is found out by asking it once."""
    from pipeline.sources.additions import append_source, find_kind, make_source, name_kind, suggest_name

    settings = load_settings()
    place = find_kind(where, settings=settings) if kind is None else name_kind(where, kind)
    given = {"title": title, "publisher": publisher, "language": language, "licence": licence, "pace": pace}
    source = make_source(
        place,
        name=name or suggest_name(place.where),
        authority=authority,
        include=include,
        exclude=exclude,
        **given,
    )
    append_source(settings.sources, source)
    print_line(f"{source.name}  {source.kind}  {place.where}")
    print_note(f"Added to {Path(settings.sources)}. Next: entente ingest --source {source.name}")


def _describe(sources: Any, settings: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- their modules are imported late
    """One object a source: what the catalogue says, and its state."""
    from pipeline.sources.polling import find_place
    from pipeline.store.sources import SourceState, load_source_states

    with open_store(settings) as store:
        states = load_source_states(store)
    rows = []
    for source in sources:
        state = states.get(source.name, SourceState(source=source.name))
        said = source.model_dump(mode="json", include={"name", "kind", "title", "authority", "enabled", "licence"})
        known = state.model_dump(mode="json", exclude={"source", "authority"})
        rows.append(said | {"where": find_place(source)} | known)
    return rows


def _show(row: dict[str, Any]) -> list[str | Text]:
    polled = (row["polled_at"] or "")[:16].replace("T", " ")
    counts = [str(row["items"]), str(row["waiting"])]
    return [row["name"], row["kind"], row["authority"], _say_state(row), *counts, polled, row["where"]]


def _say_state(row: dict[str, Any]) -> Text:
    if row["failures"]:
        times = f"fails, {row['failures']} time(s) in a row"
        until = f"; left alone until {row['next_try'][:16].replace('T', ' ')}" if row["next_try"] else ""
        return Text(f"{times}{until}: {row['reason']}", style="red")
    if not row["enabled"]:
        return Text("not enabled", style="dim")
    return Text("ok", style="green") if row["polled_at"] else Text("not asked yet")
