"""``entente brief``: what changed, on one page."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.door import open_store
from pipeline.cli.options import Json
from pipeline.cli.print import is_terminal, make_console, print_note
from pipeline.errors import InputError


def brief(
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="From this day on (2025-09-12, UTC); else one day before the latest article."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to FILE: .html (to read and print), .md or .json.")
    ] = None,
    json: Json = False,
) -> None:
    """Make the morning brief: what changed, in twenty lines."""
    from pipeline.brief.make import find_writer, make_brief, write_brief
    from pipeline.brief.render import render_markdown

    moment = parse_day(since)
    if out is not None:
        find_writer(out)  # a wrong ending is said before the database is started
    with open_store() as store:
        page = write_brief(store, out=out, since=moment) if out else make_brief(store, since=moment)
    if out is not None:
        print_note(f"{out}: {page.line_count} lines")
    if json:
        print(page.model_dump_json(indent=2))
    elif out is None and is_terminal():
        from rich.markdown import Markdown

        make_console().print(Markdown(render_markdown(page)))
    elif out is None:
        print(render_markdown(page), end="")


def parse_day(day: str | None) -> datetime | None:
    """The first moment (UTC) of a day that a user wrote as ``2025-09-12``; None where none was given.

    Raises:
        InputError: it is not a day of the calendar, written so.
    """
    if day is None:
        return None
    try:
        return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise InputError(f"--since: {day!r} is not a day; write it like 2025-09-12") from error
