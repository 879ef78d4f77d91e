"""What commands print: tables for people, JSON for machines, progress on standard error.

On a terminal a table fits its width: labels wrap, ids do not. Into a pipe or a file each record is one line, complete
and without colour, columns two spaces apart. ``--json`` prints one document and nothing else.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

# From here on a table has room for kind, status and date in columns of their own; from there on also for whole ids.
_WIDE = 110
_VERY_WIDE = 140
# Of an id in a narrow table: the prefix and 8 digits. Of a hundred stores with 10,000 records one has two ids with the
# same beginning; `show` says so then.
_SHORT_ID = 11
_LEAST = 10  # columns of text below which words are cut to pieces
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but tabulator and line end


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of a table looks on a terminal."""

    name: str
    wraps: bool = False
    justify: Literal["left", "right"] = "left"
    share: int | None = None  #: of the width that is left, where several columns wrap


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def is_wide() -> bool:
    """Whether there is room for every column: a wide terminal, or no terminal at all."""
    return not is_terminal() or make_console().width >= _WIDE


def make_console() -> Console:
    """Standard output for people; without a terminal as wide as it takes (COLUMNS, where set, is obeyed on both)."""
    if is_terminal():
        return Console(highlight=False)
    return Console(highlight=False, width=int(os.environ.get("COLUMNS", "0") or 0) or 100, no_color=True)


def print_json(value: object) -> None:
    """One JSON document on standard output: UTF-8, indented by two, pydantic models as objects."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_to_json))


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[str | Text]]) -> None:
    """A table: fitted to a terminal, else one plain line for each row with a line of names above."""
    cells = [[_calm(cell) for cell in row] for row in rows]
    if not is_terminal():
        _print_lines(columns, [[cell.plain for cell in row] for row in cells])
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold")
    for column, *held in zip(columns, *cells, strict=True):
        table.add_column(
            column.name,
            no_wrap=not column.wraps,
            # What does not wrap is never cut either: an id that lacks its end is of no use.
            min_width=_LEAST if column.wraps else max(cell_len(column.name), *(_width(cell) for cell in held)),
            overflow="fold" if column.wraps else "crop",
            justify=column.justify,
            ratio=column.share,
        )
    for row in cells:
        table.add_row(*row)
    make_console().print(table)


def print_line(line: str | Text, *, indent: int = 0) -> None:
    """One line (or paragraph) for a person, moved to the right by ``indent``; wrapped on a terminal only."""
    if is_terminal():
        make_console().print(Padding(_calm(line), (0, 0, 0, indent)))
    else:
        print(" " * indent + _calm(line).plain)


def print_note(message: str) -> None:
    """A hint for the person at the terminal, on standard error: what to do next, why nothing is shown."""
    print(hide_controls(message), file=sys.stderr)


def hide_controls(text: str) -> str:
    """A text without the characters that command a terminal: articles and the names of files may have any in them."""
    return _CONTROLS.sub("\ufffd", text)


def show_id(record_id: str) -> Text:
    """An id as a table shows it: whole where there is room, else its beginning, which `entente show` takes too."""
    has_room = not is_terminal() or make_console().width >= _VERY_WIDE
    return Text(record_id if has_room else record_id[:_SHORT_ID], style="cyan")


def show_label(label: str, *, is_named: bool) -> Text:
    """An agreement's name; in italics where it has none and the label is ours."""
    return Text(label, style="bold" if is_named else "italic")


def mark_words(before: str, words: str, after: str) -> Text:
    """A quote with the words that matter highlighted; between « and » where there is no colour to show them."""
    if make_console().color_system is None:
        return Text(f"{before}«{words}»{after}")
    return Text.assemble(before, (words, "bold yellow underline"), after)


@contextmanager
def progress(label: str, *, total: int | None = None) -> Iterator[Callable[[object], None]]:
    """A progress bar on standard error, on a terminal only; yields what is to be called after each step."""
    console = Console(stderr=True)
    columns = [SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()]
    if total is not None:
        columns.insert(3, MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=total)
        yield lambda _: bar.advance(task)


def _calm(cell: str | Text) -> Text:
    if isinstance(cell, str):
        return Text(hide_controls(cell))
    calm = cell.copy()
    calm.plain = hide_controls(cell.plain)  # as long as before: its styles stand where they stood
    return calm


def _width(cell: Text) -> int:
    return max(cell_len(line) for line in cell.plain.split("\n"))


def _print_lines(columns: Sequence[Column], rows: list[list[str]]) -> None:
    flat = [[" ".join(cell.split()) for cell in row] for row in [[column.name for column in columns], *rows]]
    widths = [max(cell_len(row[at]) for row in flat) for at in range(len(columns))]
    for row in flat:
        cells = zip(row, widths, columns, strict=True)
        print("  ".join(_pad(cell, width, column.justify) for cell, width, column in cells).rstrip())


def _pad(cell: str, width: int, justify: str) -> str:
    # cell_len, not len: a Chinese character takes two columns of a terminal.
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if justify == "right" else cell + blanks


def _to_json(value: object) -> object:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)
