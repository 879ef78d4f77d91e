"""What a visitor asks for: a filter out of the address of a page, and addresses out of a filter.

A form sends all its fields, the empty ones too: those say nothing. What cannot be is said beside the form, and nothing is
listed then: a list that leaves out a condition would show what nobody asked for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.datastructures import QueryParams

from pipeline.errors import NotFoundError
from pipeline.store.filters import Filter

_F = TypeVar("_F", bound=Filter)
_AFTER = "after"  # a place in the list, and no condition
_ID = re.compile(r"[a-z]{2}-[0-9a-z-]{0,60}")
_DAYS = "write a day like 2025-09-12, a month like 2025-09 or a year"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition that is given, to be shown and taken back."""

    name: str
    value: str
    without: str  #: the query of the same list without it


@dataclass(frozen=True, slots=True)
class Asked(Generic[_F]):
    """A filter as it was asked for."""

    wanted: _F | None  #: None where something cannot be
    pairs: tuple[tuple[str, str], ...]  #: what was given, in its order, without what says nothing
    problems: Mapping[str, str]  #: by the name of the condition

    def get(self, name: str) -> str:
        """What was given for a field of the form; empty where nothing was."""
        return next((value for given, value in self.pairs if given == name), "")

    def get_all(self, name: str) -> list[str]:
        """All that was given for it."""
        return [value for given, value in self.pairs if given == name]

    @property
    def conditions(self) -> list[Condition]:
        """What was given, each with the query without it; one page further on is no condition."""
        kept = [pair for pair in self.pairs if pair[0] != _AFTER]
        return [Condition(name, value, make_query(kept[:at] + kept[at + 1 :])) for at, (name, value) in enumerate(kept)]

    @property
    def query(self) -> str:
        """The query of the list from its beginning."""
        return make_query(pair for pair in self.pairs if pair[0] != _AFTER)

    def with_pair(self, name: str, value: object) -> str:
        """The query with one field set (or, if the value is empty, left out), from the beginning of the list."""
        kept = [pair for pair in self.pairs if pair[0] not in {name, _AFTER}]
        return make_query([*kept, (name, str(value))] if value not in (None, "") else kept)


def read_filter(kind: type[_F], given: QueryParams, *, limit: int | None = None, also: Sequence[str] = ()) -> Asked[_F]:
    """A filter from the query of an address: ``?party=Norland&party=Sudland&status=signed``.

    Args:
        kind: the filter's class, whose fields are the names that count.
        given: the query; names that the class does not know are passed over.
        limit: how many are wanted.
        also: further names that belong to the page and are kept in its addresses.
    """
    # Who goes on after a row counts through none: an offset is for lists that have nothing else.
    names = set(kind.model_fields) - {"limit"} - ({"offset"} if _AFTER in kind.model_fields else set())
    clean = ((name, clean_text(value)) for name, value in given.multi_items())
    pairs = tuple((name, value) for name, value in clean if value)
    kept = tuple(pair for pair in pairs if pair[0] in names or pair[0] in also)
    values: dict[str, object] = {}
    for name, value in kept:
        if name in names:
            values[name] = [*_as_list(values.get(name)), value] if _is_plural(kind, name) else value
    if limit is not None:
        values["limit"] = limit
    try:
        return Asked(kind.model_validate(values), kept, {})
    except ValidationError as error:
        return Asked(None, kept, {str(each["loc"][0]): _say_problem(str(each["loc"][0])) for each in error.errors()})


def clean_text(typed: str) -> str:
    """What somebody typed on one line, without control characters: the database keeps no NUL, and nobody means one."""
    return "".join(each if each.isprintable() else " " for each in typed).strip()


def check_id(record_id: str) -> str:
    """An id, or the beginning of one, as it stands in an address.

    Raises:
        NotFoundError: it cannot be one.
    """
    if not _ID.fullmatch(record_id):
        raise NotFoundError("Nothing bears that id.")
    return record_id


def make_query(pairs: Iterable[tuple[str, str]]) -> str:
    """``?a=1&b=2``, or nothing where there are none."""
    query = urlencode(list(pairs))
    return f"?{query}" if query else ""


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_plural(kind: type[Filter], name: str) -> bool:
    return isinstance(kind.model_fields[name].default, tuple)


def _say_problem(name: str) -> str:
    is_day = name == "as_of" or name.endswith(("_from", "_to"))
    return _DAYS if is_day else "there is no such value"
