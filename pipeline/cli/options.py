"""Options that several commands share, said once."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError

from pipeline.enumerations import AgreementKind, Authority, PartyRole, Review, Status
from pipeline.errors import InputError
from pipeline.records import IsoDate
from pipeline.store.filters import RegisterFilter

_DAY: TypeAdapter[str] = TypeAdapter(IsoDate)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many rows.")]
Search = Annotated[str | None, typer.Option("--search", "-s", metavar="WORDS", help="Only what has these words.")]
RecordId = Annotated[
    str, typer.Argument(metavar="ID", help="An id, or its beginning (six characters or more after the prefix).")
]

# What of the register is wanted: of the list and of its exports.
Kind = Annotated[AgreementKind | None, typer.Option(case_sensitive=False, help="Of this kind.")]
Standing = Annotated[Status | None, typer.Option(case_sensitive=False, help="Standing so.")]
StandingFrom = Annotated[str | None, typer.Option(metavar="DAY", help="Standing so since DAY or later.")]
StandingTo = Annotated[str | None, typer.Option(metavar="DAY", help="Standing so since DAY or earlier.")]
Party = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="With this party (its canonical name); again: with all.")
]
Role = Annotated[PartyRole | None, typer.Option(case_sensitive=False, help="In which --party has this role.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Of this publisher.")]
Said = Annotated[Authority | None, typer.Option(case_sensitive=False, help="That a source of this authority tells of.")]
Theme = Annotated[str | None, typer.Option(metavar="ID", help="That passages of this theme tell of.")]
From = Annotated[str | None, typer.Option(metavar="DAY", help="That an article published on DAY or later tells of.")]
To = Annotated[str | None, typer.Option(metavar="DAY", help="... published on DAY or earlier.")]
Decided = Annotated[
    Review | None, typer.Option(case_sensitive=False, help="Decided so by a person; rejected rows are listed so only.")
]
Named = Annotated[bool | None, typer.Option("--named/--unnamed", help="With a name of their own, or without.")]
Differs = Annotated[bool | None, typer.Option("--differs/--agrees", help="Whose articles contradict each other.")]
Sure = Annotated[float, typer.Option(min=0, max=1, metavar="P", help="Of at least this confidence.")]
AsOf = Annotated[
    str | None, typer.Option(metavar="DAY", help="As they stood for a reader of what was published until DAY.")
]
_DAYS = ("status_from", "status_to", "published_from", "published_to", "as_of")


def check_day(day: str | None, option: str) -> str | None:
    """A day, month or year as a user wrote it (``2025-09-12``, ``2025-09``, ``2025``), or None where none was given.

    Raises:
        InputError: the calendar has no such day, or it is written in another way.
    """
    try:
        return day if day is None else _DAY.validate_python(day)
    except ValidationError as error:
        raise InputError(f"{option}: {day!r} is not a day; write it like 2025-09-12, 2025-09 or 2025") from error


def find_register_filter(given: Mapping[str, Any]) -> RegisterFilter:
    """The filter among a command's options, by their names; ``search`` is its words.

    Raises:
        InputError: an option that takes a day has none; it is named.
    """
    conditions = {name: value for name, value in given.items() if name in RegisterFilter.model_fields}
    for name in _DAYS:
        conditions[name] = check_day(conditions[name], f"--{name.replace('_', '-')}")
    return RegisterFilter.model_validate(conditions | {"text": given["search"]})
