"""Spreadsheets, CSV and XLSX, as lines of text cells with their numbers; what is too large or no table is refused."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.errors import InputError
from pipeline.reading.decoding import Encoded, decode_text
from pipeline.records import Record

# A register of agreements that people keep by hand has hundreds of lines; these leave a hundred times as much, and keep
# a file that was made to do harm from filling the memory (a line of 60 cells takes about 10 KB).
MOST_LINES = 50_000
MOST_COLUMNS = 200
MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
LONGEST_CELL = 20_000
_HEAD = 1000  # bytes of an XML part in which its document type would stand


class Line(Record):
    """One line of a table: its number in the file (from 1, as an editor shows it) and its cells, one for each column."""

    number: int
    cells: tuple[str, ...]


class Sheet(Record):
    """A table with one line of headers."""

    headers: tuple[str, ...]
    lines: tuple[Line, ...]  #: without blank ones


def read_spreadsheet(path: Path, *, sheet: str | None = None) -> Sheet:
    """The table in a file, ``.csv`` (comma, semicolon or tabulator), ``.tsv`` or ``.xlsx`` (its first sheet, or the named).

    Of formulas the value that was last computed counts; days come as 2025-07-17.

    Raises:
        InputError: it cannot be read, is too large, or has no line of headers with lines below.
    """
    try:
        body = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    if body is None:
        raise InputError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB: split it into several files")
    if path.suffix.lower() == ".xlsx":
        return _make_sheet(path, _read_xlsx(path, body, sheet))
    if path.suffix.lower() in {".csv", ".tsv"}:
        return _make_sheet(path, _read_csv(path, body))
    raise InputError(f"{path} is no spreadsheet that can be read: save it as .csv or .xlsx")


def _make_sheet(path: Path, lines: Iterable[Line]) -> Sheet:
    kept: list[Line] = []
    for line in lines:
        if not any(cell.strip() for cell in line.cells):
            continue
        _check_line(path, line, len(kept))
        kept.append(line)
    if len(kept) < 2:
        raise InputError(f"{path} has no table: a line of headers and lines below it")
    headers = [" ".join(cell.split()) for cell in kept[0].cells]
    while headers and not headers[-1]:
        headers.pop()
    return Sheet(headers=tuple(headers), lines=tuple(_fit(line, len(headers)) for line in kept[1:]))


def _check_line(path: Path, line: Line, before: int) -> None:
    if before > MOST_LINES:
        raise InputError(f"{path} has more than {MOST_LINES} lines: split it into several files")
    if len(line.cells) > MOST_COLUMNS:
        raise InputError(f"{path}, line {line.number}: more than {MOST_COLUMNS} columns; this is no list of agreements")
    if any(len(cell) > LONGEST_CELL for cell in line.cells):
        raise InputError(f"{path}, line {line.number}: a cell with more than {LONGEST_CELL} characters")


def _fit(line: Line, width: int) -> Line:
    cells = (*line.cells, *[""] * width)[:width]
    return line.model_copy(update={"cells": cells})


def _read_csv(path: Path, body: bytes) -> Iterator[Line]:
    text = decode_text(Encoded(body=body, address=str(path)))
    if "\0" in text:
        raise InputError(f"{path} is binary: save it as .csv or .xlsx")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(path, text), strict=True)
    number = 1
    try:
        for cells in reader:
            yield Line(number=number, cells=tuple(cells))
            number = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}, line {number}: {error}; look for a quotation mark that is not closed") from error


def _find_delimiter(path: Path, text: str) -> str:
    """What stands most often in the line of headers, outside quotation marks."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    first = next((line for line in text.splitlines() if line.strip()), "")
    plain = "".join(first.split('"')[::2])
    return max(",;\t", key=plain.count)


def _read_xlsx(path: Path, body: bytes, sheet: str | None) -> Iterator[Line]:
    _check_zip(path, body)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise InputError(f"{path} is no .xlsx that can be read: {error}") from error
    try:
        names = book.sheetnames
        if sheet is not None and sheet not in names:
            raise InputError(f"{path} has no sheet {sheet}; its sheets are {', '.join(names)}")
        chosen = book[sheet or names[0]]
        rows = chosen.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
        for number, values in enumerate(rows, 1):
            if number > MOST_LINES * 2:
                raise InputError(f"{path} has more than {MOST_LINES * 2} lines, blank ones counted: delete those")
            yield Line(number=number, cells=_trim([_show(value) for value in values]))
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise InputError(f"{path} is damaged: {error}; save it anew") from error
    finally:
        book.close()


def _check_zip(path: Path, body: bytes) -> None:
    """Refuse what unpacks to too much, and XML that declares a document type (entities that grow)."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise InputError(f"{path} unpacks to more than {MOST_UNPACKED // 1_000_000} MB: it is not read")
            for part in archive.infolist():
                with archive.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(_HEAD):
                        raise InputError(f"{path} has XML with a document type in it: it is not read")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{path} is no .xlsx that can be read: {error}") from error


def _trim(cells: Sequence[str]) -> tuple[str, ...]:
    """Without the blank cells that a formatted sheet has at the right."""
    last = max((at for at, cell in enumerate(cells) if cell), default=-1)
    return tuple(cells[: last + 1])


def _show(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
