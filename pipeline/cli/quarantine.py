"""``entente quarantine``: what could not be read, and why."""

import sys
from typing import Annotated

import typer

from pipeline.cli.door import open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, is_wide, print_json, print_line, print_note, print_table, show_id

app = typer.Typer(name="quarantine", help="What could not be read, and why.")

_NARROW = [Column("id"), Column("stage"), Column("what and why", wraps=True, share=1)]
_WIDE = [
    Column("id"),
    Column("stage"),
    Column("address", wraps=True, share=1),
    Column("reason", wraps=True, share=2),
    Column("bytes", justify="right"),
    Column("times", justify="right"),
    Column("last"),
]


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """What could not be read, and why; with the bytes that were there."""
    if context.invoked_subcommand is None:
        list_failures()


@app.command(name="list")
def list_failures(json: Json = False) -> None:
    """List what failed, the latest first; an article leaves the list once it succeeds."""
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
    print_line(f"bytes    {'none were there' if failure.size is None else failure.size}")
