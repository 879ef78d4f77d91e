"""``entente status``: how everything does, and what somebody should look at."""

import os
from typing import Any

import typer
from rich.text import Text

from pipeline.cli.door import complain, load_settings, open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, print_json, print_line, print_table
from pipeline.errors import EntenteError

_STYLES = {"ok": "green", "new": "yellow", "late": "red", "failing": "red", "completed": "green", "failed": "red"}
_SOURCES = [
    Column("source"),
    Column("health"),
    Column("asked (UTC)"),
    Column("new (UTC)"),
    Column("next (UTC)"),
    Column("reason", wraps=True, share=1),
]
_RUNS = [Column("last run"), Column("state"), Column("started (UTC)"), Column("id")]


def status(json: Json = False) -> None:
    """Show how sources, runs, queues and the store do; exit code 1 where somebody should look at something."""
    from pipeline.jobs.status import find_status

    settings = load_settings()
    with open_store(settings) as store:
        found = find_status(store, settings=settings)
    problems = [*found.problems, *_ask_prefect()]
    if json:
        print_json({**found.model_dump(mode="json"), "problems": problems})
    else:
        _print(found)
        for problem in problems:
            complain(problem)
        if not problems:
            print_line("All is well.")
    if problems:
        raise typer.Exit(EntenteError.exit_code)


def _ask_prefect() -> list[str]:
    """What is wrong with the Prefect server that is configured; nothing where none is."""
    from pipeline.cli.prefect_server import is_answering

    server = os.environ.get("PREFECT_API_URL")
    return [f"the Prefect server at {server} does not answer"] if server and not is_answering(server) else []


def _print(found: Any) -> None:  # noqa: ANN401 -- naming its class would load the jobs
    if found.sources:
        print_table(_SOURCES, [_show_source(each) for each in found.sources])
    runs = sorted(found.last_runs, key=lambda run: run.started_at, reverse=True)
    if runs:
        print_table(_RUNS, [[run.kind, _mark(run.state), _day(run.started_at), run.id] for run in runs])
    store = found.store
    newest = f", the last one of {_day(store.newest)} UTC" if store.newest else ""
    print_line(f"store       {store.size / 1e6:.0f} MB, {store.articles} articles{newest}")
    print_line(f"waiting     {store.unread} to read, {store.unlinked} to link, {store.unembedded} to embed")
    print_line(f"quarantine  {store.failed}, of them due {store.due}")
    print_line(f"disk        {found.disk_free / 1e9:.1f} GB free")
    for each in found.upkeep:
        print_line(f"{each.name:<11} {_day(each.at)} UTC")


def _show_source(each: Any) -> list[str | Text]:  # noqa: ANN401 -- as above
    days = [_day(moment) for moment in (each.polled_at, each.changed_at, each.next_due)]
    return [each.name, _mark(each.health), *days, each.reason or ""]


def _mark(word: str) -> Text:
    return Text(word, style=_STYLES.get(word, "yellow"))


def _day(moment: Any) -> str:  # noqa: ANN401 -- a time or None
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
