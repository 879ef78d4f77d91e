"""From the lines of a spreadsheet to the values of agreements: which column is which field, and what is wrong in a line."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from models import load_lexicon
from pipeline.corrections import AgreementValues
from pipeline.errors import InputError
from pipeline.reading.cells import is_empty, read_cell
from pipeline.reading.days import DayOrder
from pipeline.reading.spreadsheet import Line, Sheet
from pipeline.records import Record, normalise

#: What a column can be beside a field of an agreement.
BESIDE = ("key", "source", "url", "quote", "note")
_FIELDS = (*AgreementValues.model_fields, *BESIDE)


class Columns(Record):
    """Which column holds what."""

    fields: dict[int, str]  #: place of the column -> field
    left: tuple[str, ...]  #: headers of columns that are not read


class LineValues(Record):
    """What one line says, or what is wrong with it."""

    number: int
    values: dict[str, Any]  #: fields of an agreement, as JSON; only those whose columns are there
    beside: dict[str, str]  #: key, source, url, quote, note; only what is not empty
    problems: tuple[str, ...] = ()


def map_columns(headers: Sequence[str], given: Mapping[str, str] | None = None) -> Columns:
    """Which field each column holds, by its header, or by what somebody says of it.

    Args:
        headers: of the table.
        given: header -> field; an empty field leaves the column out. ``{"Our partners": "parties"}``

    Raises:
        InputError: a header or field that is given is not there, two columns are one field, or no column is the name.
    """
    said = {normalise(header): field.strip() for header, field in (given or {}).items()}
    _check_given(headers, said, given or {})
    fields: dict[int, str] = {}
    for place, header in enumerate(headers):
        field = said.get(normalise(header), _synonyms().get(normalise(header), ""))
        if field in fields.values():
            first = headers[next(at for at, known in fields.items() if known == field)]
            raise InputError(
                f"The columns {first} and {header} both look like {field}: leave one out with --map '{header}='"
            )
        if field:
            fields[place] = field
    if not {"name", "label"} & set(fields.values()):
        shown = ", ".join(headers)
        raise InputError(
            f"No column looks like the agreement's name: say which with --map 'COLUMN=name'; there are {shown}"
        )
    left = tuple(header for at, header in enumerate(headers) if at not in fields and header)
    return Columns(fields=fields, left=left)


def read_lines(sheet: Sheet, columns: Columns, *, order: DayOrder | None = None) -> list[LineValues]:
    """What each line says; one that says something that cannot be has its problems, each with what to do."""
    return [_read_line(line, columns, order) for line in sheet.lines]


def _read_line(line: Line, columns: Columns, order: DayOrder | None) -> LineValues:
    values, beside, problems = {}, {}, []
    for place, field in columns.fields.items():
        text = line.cells[place]
        if field in BESIDE:
            if not is_empty(text):
                beside[field] = text.strip()
            continue
        try:
            values[field] = read_cell(field, text, order=order)
        except InputError as error:
            problems.append(str(error))
    return LineValues(number=line.number, values=values, beside=beside, problems=tuple(problems))


def _check_given(headers: Sequence[str], said: Mapping[str, str], given: Mapping[str, str]) -> None:
    known = {normalise(header) for header in headers}
    for header, field in given.items():
        if normalise(header) not in known:
            raise InputError(f"There is no column {header}; the columns are {', '.join(headers)}")
        if said[normalise(header)] and said[normalise(header)] not in _FIELDS:
            raise InputError(f"{field} is no field of an agreement; its fields are {', '.join(_FIELDS)}")


@cache
def _synonyms() -> dict[str, str]:
    words = load_lexicon("spreadsheets")["columns"]
    return {normalise(word): field for field, said in words.items() for word in (*said, field.replace("_", " "))}
