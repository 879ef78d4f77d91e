"""A spreadsheet of agreements becomes observations of one's own: new lines are entered, changed ones corrected."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field

from pipeline.corrections import check_field
from pipeline.errors import InputError
from pipeline.jobs.counts import BadLine, ImportReport
from pipeline.jobs.link import link_register
from pipeline.reading.cells import read_cell
from pipeline.reading.columns import LineValues, map_columns, read_lines
from pipeline.reading.days import DayOrder
from pipeline.reading.spreadsheet import read_spreadsheet
from pipeline.records import Record, normalise
from pipeline.store.entries import complete_values
from pipeline.store.imports import GoodLine, ImportPlan, compare_lines, save_lines
from pipeline.store.store import Store, now


class ImportOptions(Record):
    """How a spreadsheet is to be read."""

    who: str
    sheet: str | None = None  #: of an XLSX; by default its first
    columns: dict[str, str] = Field(default_factory=dict)  #: header -> field, where the header does not tell
    defaults: dict[str, str] = Field(default_factory=dict)  #: field -> what cells that say nothing mean
    order: DayOrder | None = None
    source: str | None = None  #: what lines are found by again; by default the name of the file
    is_check: bool = False  #: say what would happen, and import nothing


def import_agreements(store: Store, path: Path, options: ImportOptions) -> ImportReport:
    """Import a spreadsheet and link what came in; bad lines are reported and cost nothing to the good ones.

    The same file again changes nothing. A line that says something else than at the last import is a correction, of the
    fields that differ. What a later file does not have any more stays: taking back is a decision (``entente decide undo``).

    Raises:
        InputError: the file cannot be read, or its columns cannot be told.
    """
    sheet = read_spreadsheet(path, sheet=options.sheet)
    columns = map_columns(sheet.headers, options.columns)
    defaults = {field: _read_default(field, text, options.order) for field, text in options.defaults.items()}
    lines = [_fill(line, defaults) for line in read_lines(sheet, columns, order=options.order)]
    entries, bad = _check_lines(lines)
    source = options.source or path.name
    batch = f"import {source} {now():%Y-%m-%dT%H:%M:%SZ}"
    plan = ImportPlan(who=options.who, source=source, batch=batch, lines=tuple(entries))
    counts = compare_lines(store, plan) if options.is_check else save_lines(store, plan)
    is_written = counts.new + counts.changed > 0 and not options.is_check
    if is_written:
        link_register(store)
    return ImportReport(
        source=source,
        batch=batch if is_written else None,
        new=counts.new,
        changed=counts.changed,
        same=counts.same,
        bad=tuple(bad),
        left=columns.left,
        is_check=options.is_check,
    )


def _read_default(field: str, text: str, order: DayOrder | None) -> Any:  # noqa: ANN401 -- JSON, of many types
    check_field("ow-", field)
    return read_cell(field, text, order=order)


def _fill(line: LineValues, defaults: Mapping[str, Any]) -> LineValues:
    """Fields that a line says nothing of get what was said to hold for all."""
    from_all = {field: value for field, value in defaults.items() if line.values.get(field) in (None, [])}
    return line.model_copy(update={"values": line.values | from_all})


def _check_lines(lines: Iterable[LineValues]) -> tuple[list[GoodLine], list[BadLine]]:
    good: list[GoodLine] = []
    bad: list[BadLine] = []
    seen: dict[str, int] = {}
    for line in lines:
        try:
            checked = _check_line(line, seen)
        except InputError as error:
            bad.append(BadLine(number=line.number, problem=str(error)))
        else:
            good.append(checked)
    return good, bad


def _check_line(line: LineValues, seen: dict[str, int]) -> GoodLine:
    if line.problems:
        raise InputError("; ".join(line.problems))
    if line.values.get("kind") is None:
        raise InputError("kind: it is not said; fill it in, or say --set kind=treaty for all lines that lack it")
    values = complete_values(line.values)
    first = seen.setdefault(repr((sorted(line.beside.items()), values)), line.number)
    if first != line.number:
        raise InputError(f"it says the same as line {first}: delete one of them")
    return GoodLine(number=line.number, key=_make_key(line, values), values=values, beside=line.beside)


def _make_key(line: LineValues, values: Mapping[str, Any]) -> str:
    return f"#{line.beside['key']}" if "key" in line.beside else normalise(str(values["label"]))
