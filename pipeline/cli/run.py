"""``entente run``: what was done, when and with what."""

from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from pipeline.cli.door import open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, is_wide, print_json, print_line, print_note, print_table, show_id
from pipeline.store.run_rows import RunRow, StageTime

app = typer.Typer(name="run", help="What was done, when and with what.")

_COLUMNS = [
    Column("id"),
    Column("kind"),
    Column("state"),
    Column("started (UTC)"),
    Column("took", justify="right"),
    Column("counts", wraps=True, share=1),
]
_TIMES = [
    Column("stage"),
    Column("times", justify="right"),
    Column("s", justify="right"),
    Column("CPU s", justify="right"),
]
_FIRST = ("new", "revisions", "known", "quarantined", "reread", "failed", "agreements", "claims", "entities", "themes")


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """What was done, when and with what."""
    if context.invoked_subcommand is None:
        list_runs()


@app.command(name="list")
def list_runs(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many runs.")] = 20,
    json: Json = False,
) -> None:
    """List the latest runs of flows and commands."""
    from pipeline.store.runs import load_runs

    with open_store() as store:
        rows = load_runs(store, limit=limit)
    if json:
        print_json(rows)
    elif rows:
        print_table(_COLUMNS, [_show(row) for row in rows])
    else:
        print_note("Nothing has run yet: entente ingest FOLDER is a run.")


@app.command(name="show")
def show_run(
    run_id: Annotated[str, typer.Argument(metavar="ID", help="An id of the list, or its beginning.")],
    json: Json = False,
) -> None:
    """Show one run: what it took, its counts, its settings, the versions of what it used, and what failed."""
    from pipeline.store.runs import load_run

    with open_store() as store:
        row = load_run(store, run_id)
    if json:
        print_json(row)
        return
    print_line(f"{row.id}  {row.kind}, {row.state}")
    print_line(f"started   {row.started_at:%Y-%m-%d %H:%M:%S} UTC, took {_say_took(row.started_at, row.finished_at)}")
    if row.message:
        print_line(f"message   {row.message}")
    if row.timings:
        print_table(_TIMES, [_show_times(each) for each in row.timings])
    parts: list[tuple[str, dict[str, object]]] = [
        ("counts", dict(row.counts)),
        ("versions", dict(row.versions)),
        ("settings", row.settings),
    ]
    for title, values in parts:
        print_line(title)
        for name, value in values.items():
            print_line(f"  {name}  {value}")
    if row.failures:
        print_line(f"failures{' (the first hundred)' if len(row.failures) == 100 else ''}")
    for failure in row.failures:
        print_line(f"  {failure.address} ({failure.stage}): {failure.reason}")


@app.command(name="close")
def close_runs(json: Json = False) -> None:
    """Note of runs whose process was killed that they have crashed; what they had saved stays."""
    from pipeline.jobs.stale import close_stale_runs

    with open_store() as store:
        rows = close_stale_runs(store)
    if json:
        print_json({"closed": [row.id for row in rows]})
        return
    for row in rows:
        print_line(f"{row.id}  {row.kind}, started {row.started_at:%Y-%m-%d %H:%M} UTC: crashed")
    if not rows:
        print_note("No run has died.")


def _show(row: RunRow) -> list[str | Text]:
    style = {"completed": "green", "failed": "red"}.get(row.state, "yellow")
    # The database keeps no order; what became of the articles comes first.
    names = sorted(row.counts, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    shown = [f"{name} {row.counts[name]}" for name in names if row.counts[name] and (is_wide() or name in _FIRST)]
    took = _say_took(row.started_at, row.finished_at)
    shown += [row.message] if row.message else []
    return [
        show_id(row.id),
        row.kind,
        Text(row.state, style=style),
        f"{row.started_at:%Y-%m-%d %H:%M}",
        took,
        ", ".join(shown),
    ]


def _show_times(each: StageTime) -> list[str | Text]:
    return [each.stage, str(each.times), f"{each.wall:.1f}", f"{each.cpu:.1f}"]


def _say_took(started: datetime, finished: datetime | None) -> str:
    """How long it took: ``4.2 s``, ``3 min 5 s``; an ellipsis while it runs (or was killed)."""
    if finished is None:
        return "…"
    seconds = (finished - started).total_seconds()
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds) // 60} min {int(seconds) % 60} s"
