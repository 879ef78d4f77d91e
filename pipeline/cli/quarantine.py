"""``entente quarantine``: what could not be read, and why; to try it again, or to be done with it."""

import sys
from typing import Annotated

import typer

from pipeline.cli.door import complain, load_settings, open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, is_wide, print_json, print_line, print_note, print_table, show_id
from pipeline.errors import ArticleError, InputError
from pipeline.store.rows import FailureRow

app = typer.Typer(name="quarantine", help="What could not be read, and why; to try again or to drop.")
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of the list, or their beginnings.")]

_NARROW = [Column("id"), Column("stage"), Column("what and why", wraps=True, share=1)]
_WIDE = [
    Column("id"),
    Column("stage"),
    Column("address", wraps=True, share=1),
    Column("reason", wraps=True, share=2),
    Column("bytes", justify="right"),
    Column("times", justify="right"),
    Column("last"),
    Column("next try"),
]


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """What could not be read, and why; with the bytes that were there."""
    if context.invoked_subcommand is None:
        list_failures()


@app.command(name="list")
def list_failures(json: Json = False) -> None:
    """List what failed, the latest first; an article leaves the list once it succeeds or is dropped.

    What may pass is tried again by itself, where the flow retry-quarantine is scheduled; else with retry --due.
    """
    from pipeline.store.quarantine import load_quarantine

    with open_store() as store:
        rows = load_quarantine(store)
    if json:
        print_json(rows)
    elif not rows:
        print_note("Nothing is in quarantine.")
    elif is_wide():
        print_table(
            _WIDE,
            [
                [
                    show_id(row.id),
                    row.stage,
                    row.address,
                    row.reason,
                    "" if row.size is None else str(row.size),
                    str(row.times),
                    f"{row.last_at:%Y-%m-%d %H:%M}",
                    _say_next(row),
                ]
                for row in rows
            ],
        )
    else:
        print_table(_NARROW, [[show_id(row.id), row.stage, row.reason] for row in rows])


@app.command(name="show")
def show_failure(
    failure_id: Annotated[str, typer.Argument(metavar="ID", help="An id of the list.")],
    raw: Annotated[bool, typer.Option("--raw", help="Write the bytes that failed to standard output.")] = False,
    json: Json = False,
) -> None:
    """Show one failure; with --raw its bytes: entente quarantine show ID --raw > FILE."""
    from pipeline.store.quarantine import load_failure

    with open_store() as store:
        found = load_failure(store, failure_id)
    failure = found.failure
    if raw:
        sys.stdout.buffer.write(found.raw or b"")
        return
    if json:
        print_json(failure)
        return
    print_line(f"{failure.id}  failed at {failure.stage}, {failure.times} time(s)")
    print_line(f"address  {failure.address}")
    print_line(f"reason   {failure.reason}")
    print_line(f"first    {failure.first_at:%Y-%m-%d %H:%M} UTC")
    print_line(f"last     {failure.last_at:%Y-%m-%d %H:%M} UTC")
    print_line(f"next try {_say_next(failure)}")
    print_line(f"bytes    {'none were there' if failure.size is None else failure.size}")


@app.command(name="retry")
def retry(
    failure_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID…]", help="Ids of the list, or their beginnings.")
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="What its schedule says is to be tried again by now.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All that stands in quarantine.")] = False,
    json: Json = False,
) -> None:
    """Try again now: kept bytes are read again, what has none is fetched again."""
    if sum((bool(failure_ids), due, everything)) != 1:
        raise InputError("say what to try again: ID…, --due or --all; see entente quarantine list")
    from pipeline.jobs.quarantine import retry_due, retry_failures

    settings = load_settings()
    with open_store(settings) as store:
        if due:
            counts = retry_due(store, settings=settings)
        else:
            counts = retry_failures(store, None if everything else failure_ids, settings=settings)
    for failure in counts.failures:
        complain(failure.reason)
    if json:
        print_json(counts.numbers() | {"failures": [failure.model_dump() for failure in counts.failures]})
    else:
        print_line(f"Tried {counts.tried}: {counts.mended} left the quarantine. Articles: {counts.new} new.")
    if counts.failures:
        raise typer.Exit(ArticleError.exit_code)


@app.command(name="drop")
def drop(failure_ids: Ids, json: Json = False) -> None:
    """Take failures off the list and try them no more; their bytes stay. One that fails anew is back."""
    from pipeline.store.quarantine import drop_failures

    with open_store() as store:
        dropped = drop_failures(store, failure_ids)
    if json:
        print_json({"dropped": dropped})
    else:
        print_line(f"Dropped {dropped}.")


def _say_next(row: FailureRow) -> str:
    if row.stage == "source":
        return "with its source's next poll"
    return f"{row.next_try:%Y-%m-%d %H:%M}" if row.next_try else "not by itself"
