"""``entente brief``: what changed, on one page."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Annotated

import typer
from rich.style import Style
from rich.text import Text

from pipeline.brief.page import Brief, Line
from pipeline.brief.phrases import say_day
from pipeline.cli.door import open_store
from pipeline.cli.options import Json
from pipeline.cli.print import is_terminal, mark_words, print_line, print_note, show_label
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
        _print(page)
    elif out is None:
        print(render_markdown(page), end="")


def _print(page: Brief) -> None:
    """The brief on a terminal; its Markdown would show links to files as they are written."""
    from pipeline.brief.render import summarise

    print_line(Text(f"Morning brief, {say_day(page.until)}", style="bold"))
    print_line(summarise(page))
    if page.is_empty and page.last_change is not None:
        print_line(f"Nothing changed since {say_day(page.since)}; the last change was on {say_day(page.last_change)}.")
    elif page.is_empty:
        print_line("The register is still empty: entente ingest FOLDER fills it.")
    numbers = count(1)  # through the whole page
    for section in page.sections:
        print_line(Text(f"\n{section.title}", style="bold blue"))
        for line in section.lines:
            _print_brief_line(next(numbers), line)


def _print_brief_line(number: int, line: Line) -> None:
    print_line(Text.assemble((f"{number:>2}  ", "dim"), show_label(line.headline, is_named=line.is_named)))
    if line.detail:
        print_line(Text(line.detail, style="dim"), indent=4)
    if line.quote is not None:
        print_line(mark_words(line.quote.before, line.quote.words, line.quote.after), indent=4)
    title = Text(line.article_title or "", style=Style(link=line.link))
    facts = [line.publisher or "", say_day(line.published) if line.published else "", line.record_id]
    print_line(Text.assemble(title, "".join(f", {fact}" for fact in facts if fact)), indent=4)


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
