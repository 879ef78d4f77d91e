"""``entente themes``: what the articles are about, how that changes, and pictures of it."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.text import Text

from pipeline.cli.decide import Who, find_who
from pipeline.cli.decisions import show_decision
from pipeline.cli.door import load_settings, open_store
from pipeline.cli.options import Json, Limit, RecordId, check_day
from pipeline.cli.print import (
    Column,
    is_wide,
    print_json,
    print_line,
    print_note,
    print_table,
    progress,
    show_id,
)
from pipeline.errors import InputError
from pipeline.store.rows import ThemeRow

app = typer.Typer(name="themes", help="What the articles are about, the largest first; and how that changes.")

_COLUMNS = [
    Column("id"),
    Column("theme", wraps=True, share=2),
    Column("size", justify="right"),
    Column("articles", justify="right"),
]
_EXTRA = [Column("terms", wraps=True, share=2), Column("an example", wraps=True, share=4)]
_EXAMPLE = 160  # characters: two lines of a wide table
_TRENDS = [
    Column("id"),
    Column("theme", wraps=True, share=2),
    Column("trend"),
    Column("recent", justify="right"),
    Column("before", justify="right"),
    Column("chance", justify="right"),
]

Picture = Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write the picture: an SVG file.")]


@app.callback(invoke_without_command=True)
def themes(context: typer.Context, limit: Limit = None, json: Json = False) -> None:
    """List what the articles are about, the largest first.

    The size of a theme is its number of passages and claims.
    """
    if context.invoked_subcommand is None:
        list_themes(limit=limit, json=json)


@app.command(name="list")
def list_themes(limit: Limit = None, json: Json = False) -> None:
    """List the themes, the largest first; as without a word."""
    from pipeline.store.themes import load_themes

    with open_store() as store:
        rows = load_themes(store)[:limit]
    if json:
        print_json(rows)
    elif rows:
        print_table([*_COLUMNS, *_EXTRA] if is_wide() else _COLUMNS, [_show(row) for row in rows])
    else:
        print_note("There are no themes yet: entente ingest FOLDER --themes finds them.")


@app.command(name="show")
def show(theme_id: RecordId, json: Json = False) -> None:
    """All about one theme: what it says, who publishes and speaks in it, what became of it."""
    from pipeline.cli.theme_pages import show_theme
    from pipeline.store.theme_pages import load_theme

    with open_store() as store:
        found = load_theme(store, theme_id)
    if json:
        print_json(found)
        return
    for part in show_theme(found):
        print_line(part.text, indent=part.indent)


@app.command(name="map")
def draw_map(out: Picture = Path("themes-map.svg")) -> None:
    """Draw a map of the themes: like lies near like, each dot is a passage or claim."""
    from pipeline.jobs.trends import draw_theme_map

    with open_store() as store:
        _write(out, draw_theme_map(store))


@app.command(name="over-time")
def over_time(
    by: Annotated[Literal["week", "month"], typer.Option("--by", help="Count by week or by month.")] = "week",
    periods: Annotated[
        int, typer.Option("--periods", min=3, max=120, metavar="N", help="So many weeks or months; 12 by default.")
    ] = 12,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Up to this day; that of the newest article by default.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Also draw it: an SVG file.")] = None,
    json: Json = False,
) -> None:
    """Show which themes rise and fall by more than chance: the last third of the time against the rest."""
    from pipeline.jobs.trends import draw_themes_over_time, load_over_time

    with open_store() as store:
        found = load_over_time(store, by, periods=periods, until=check_day(until, "--until"))
    if out is not None:
        _write(out, draw_themes_over_time(found))
    if json:
        print_json(found)
    elif found.themes:
        rows: list[list[str | Text]] = [
            [
                show_id(each.id),
                Text(each.label, style="bold"),
                each.direction,
                f"{each.recent} ({each.recent_share:.0%})",
                f"{each.before} ({each.before_share:.0%})",
                f"{each.p_value:.3f}",
            ]
            for each in found.themes
        ]
        print_table(_TRENDS, rows)
    else:
        print_note("No theme has an article that says when it was published.")


@app.command(name="recluster")
def recluster(json: Json = False) -> None:
    """Cluster everything once more: ids are carried over where most members agree, names that people gave stay."""
    from pipeline.jobs.cluster import recluster_themes

    settings = load_settings()
    with open_store(settings) as store, progress("Finding themes"):
        made = recluster_themes(store, settings=settings)
    if json:
        print_json([asdict(event) for event in made.events])
        return
    print_line(f"{made.counts.themes} themes of {made.counts.members} passages and claims")
    for event in made.events:
        other = f" ({event.other_id})" if event.other_id else ""
        print_line(Text.assemble((f"{event.fate:<8}", "bold"), f"{event.theme_id}{other}: {event.reason}"))


@app.command(name="rename")
def rename(
    theme_id: RecordId,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is to be called from now on.")],
    who: Who = None,
    json: Json = False,
) -> None:
    """Give a theme a name that stays, also when all is clustered once more; a decision like others, and undone like them."""
    from pipeline.decisions import NewDecision
    from pipeline.enumerations import DecisionAction
    from pipeline.store.decisions import decide

    if not theme_id.startswith("th-"):
        raise InputError(f"{theme_id} is no theme: their ids begin with th-.")
    new = NewDecision(
        who=find_who(who), record_id=theme_id, field="label", action=DecisionAction.CORRECT, value=name.strip()
    )
    with open_store() as store:
        made = decide(store, new).decision
    if json:
        print_json(made)
    else:
        print_line(show_decision(made))


def _write(out: Path, picture: str) -> None:
    try:
        out.write_text(picture, "utf-8")
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}") from error
    print_note(f"{out}: {len(picture) // 1024 + 1} kB")


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
