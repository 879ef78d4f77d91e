"""Options that several commands share, said once."""

from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from pipeline.errors import InputError
from pipeline.records import IsoDate

_DAY: TypeAdapter[str] = TypeAdapter(IsoDate)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many rows.")]
Search = Annotated[str | None, typer.Option("--search", "-s", metavar="WORDS", help="Only what has these words.")]
RecordId = Annotated[
    str, typer.Argument(metavar="ID", help="An id, or its beginning (six characters or more after the prefix).")
]


def check_day(day: str | None, option: str) -> str | None:
    """A day, month or year as a user wrote it (``2025-09-12``, ``2025-09``, ``2025``), or None where none was given.

    Raises:
        InputError: the calendar has no such day, or it is written in another way.
    """
    try:
        return day if day is None else _DAY.validate_python(day)
    except ValidationError as error:
        raise InputError(f"{option}: {day!r} is not a day; write it like 2025-09-12, 2025-09 or 2025") from error
