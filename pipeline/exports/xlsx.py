"""XLSX, written row by row: text stays text (no formula, no date made of ``2025-07``), numbers are numbers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipeline.errors import InputError
from pipeline.exports.columns import JOINT, Column, Value, read_values
from pipeline.store.streams import Reviewed

# Limits of the format: rows of a sheet (the first has the names), characters of a cell.
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_CUT = " … (cut)"
# Columns wide enough to read what is usually in them, in characters.
_WIDTHS = {"texts": 30.0, "text": 24.0, "moment": 20.0}


def write_xlsx(out: BinaryIO, columns: Sequence[Column], items: Iterable[Reviewed], *, title: str) -> int:
    """Write a list as a workbook with one sheet; returns how many records there were.

    Text above 32,767 characters is cut, and says so: no cell can hold more.

    Args:
        out: an open binary file.
        columns: see :func:`pipeline.exports.columns.find_columns`.
        items: the records, read one at a time.
        title: of the sheet.

    Raises:
        InputError: there are more records than a sheet has rows.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column.kind, 12.0)
    sheet.append([_make_head(sheet, column.name) for column in columns])
    try:
        number = _append(sheet, columns, items)
    finally:
        sheet.close()  # whatever comes: a sheet that is let go of half-written complains from its grave
    book.save(out)
    return number


def _append(sheet: WriteOnlyWorksheet, columns: Sequence[Column], items: Iterable[Reviewed]) -> int:
    number = 0
    for number, item in enumerate(items, 1):
        if number >= _MOST_ROWS:
            raise InputError(f"a sheet of XLSX has room for {_MOST_ROWS - 1:,} records; use CSV or Parquet, or filter")
        sheet.append([_make_cell(sheet, value) for value in read_values(columns, item)])
    return number


def _make_head(sheet: WriteOnlyWorksheet, name: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _make_cell(sheet: WriteOnlyWorksheet, value: Value) -> object:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)  # UTC; the format knows no zones
    text = make_text(JOINT.join(value) if isinstance(value, tuple) else str(value))
    if not text.startswith(("=", "#")):
        return text  # a cell of its own for each takes 1.4 times as long
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # set from outside, since "=1+1" would be taken for a formula and "#N/A" for an error
    return cell


def make_text(text: str) -> str:
    """Text that a cell can hold: without control characters, and not longer than the format allows."""
    calm = ILLEGAL_CHARACTERS_RE.sub("", text)
    return calm if len(calm) <= _MOST_CHARACTERS else calm[: _MOST_CHARACTERS - len(_CUT)] + _CUT
