"""CSV as RFC 4180 has it, for spreadsheets and scripts; no cell is ever run as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from pipeline.exports.columns import JOINT, Column, Value, read_values
from pipeline.exports.text import open_text
from pipeline.store.streams import Reviewed

# What spreadsheets take for the beginning of a formula, also after blanks; tabs and line ends are skipped by some.
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write_csv(out: BinaryIO, columns: Sequence[Column], items: Iterable[Reviewed], *, with_bom: bool = False) -> int:
    """Write a list with a line of names above it, UTF-8, lines ended by CR LF; returns how many records there were.

    Args:
        out: an open binary file.
        columns: see :func:`pipeline.exports.columns.find_columns`.
        items: the records, read one at a time.
        with_bom: begin with the mark by which Excel knows UTF-8.
    """
    number = 0
    with open_text(out, encoding="utf-8-sig" if with_bom else "utf-8") as lines:
        writer = csv.writer(lines, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])
        for item in items:
            writer.writerow([make_cell(value) for value in read_values(columns, item)])
            number += 1
    return number


def make_cell(value: Value) -> str | int | float:
    """A value as a cell: numbers stay numbers, lists are joined, and text that would be a formula gets a ' before it.

    Example: ``=1+1`` → ``'=1+1``, ``-0.5`` → ``-0.5`` (a number of ours), ``"-0.5"`` → ``'-0.5`` (somebody's text).
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float():
            return value
        case datetime():
            return value.isoformat()
        case tuple():
            return defuse(JOINT.join(value))
        case _:
            return defuse(str(value))


def defuse(text: str) -> str:
    """Text that no spreadsheet runs: a ' stands before what looks like a formula, and control characters are gone."""
    calm = _CONTROLS.sub("", text)
    return f"'{calm}" if _FORMULA.match(calm) else calm
