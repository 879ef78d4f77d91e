"""``entente backup`` and ``entente restore``: the store in one file, and a store from such a file."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.door import load_settings
from pipeline.cli.options import Json
from pipeline.cli.print import print_json, print_line, print_note, progress


def backup(
    target: Annotated[
        Path, typer.Argument(metavar="FILE|DIR", help="The file; or a folder, for one named by its time.")
    ],
    check: Annotated[
        bool, typer.Option("--check/--no-check", help="Try it: make a store of it beside it, and compare every table.")
    ] = True,
    keep: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="In a folder: delete all backups but the latest N.")
    ] = None,
    json: Json = False,
) -> None:
    """Write the whole store to one file, of one moment, while others may go on working."""
    from pipeline.jobs.backup import make_backup

    with progress("Backing up"):
        made = make_backup(target, settings=load_settings(), check=check, keep=keep)
    if json:
        print_json(made)
        return
    how = "a store was made of it and is the same" if made.is_checked else "not checked"
    print_line(f"{made.path}  {made.size / 1e6:.1f} MB, {made.rows} rows; {how}")
    for path in made.deleted:
        print_note(f"deleted: {path}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where there are articles in the store: they are lost.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only try it, on a server of its own beside it; the store is not touched.")
    ] = False,
    json: Json = False,
) -> None:
    """Make the store what it was when a backup was made: wholly, or not at all."""
    from pipeline.jobs.backup import check_backup, restore_backup

    settings = load_settings()
    with progress("Trying the backup" if check else "Restoring"):
        found = check_backup(file) if check else restore_backup(file, settings=settings, replace=replace)
    if json:
        print_json(found)
        return
    rows = sum(table.rows for table in found.snapshot.tables.values())
    what = "a store can be made of it" if check else "the store is as it was then"
    print_line(f"made {found.made_at:%Y-%m-%d %H:%M} UTC by Entente {found.entente}: {rows} rows; {what}")
