"""What people write into one cell of a spreadsheet, or after a command, as the value of a field (JSON).

Lenient in form and strict in meaning: "In force", "in_force" and "active" are one status, but a word that is in no list
is refused with the words that are. The words are data: models/lexicon/spreadsheets.toml.
"""

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from models import load_lexicon
from pipeline.enumerations import ActType, AgreementKind, ClaimType, EntityType, PartyRole, Polarity, Status
from pipeline.errors import InputError
from pipeline.reading.days import DayOrder, read_day
from pipeline.records import normalise

_LISTS = {"kind": AgreementKind, "status": Status, "role": PartyRole, "act": ActType, "polarity": Polarity}
_FIGURE = re.compile(r"^(?P<name>[^=:]+?)\s*[=:]\s*(?P<value>-?[0-9][0-9,' ]*(?:\.[0-9]+)?)\s*(?P<unit>\D.*)?$")


def read_cell(field: str, text: str, *, order: DayOrder | None = None) -> Any:  # noqa: ANN401 -- JSON, of many types
    """The value that a cell gives a field; None, or an empty list, where it is empty or says so ("n/a", "-").

    Lists are split at ``;`` or line ends, parties without any at ``,`` too: ``France (lead); Germany``. Figures are
    ``members = 26; spending = 5 percent``, acts ``signed 2025-07-17; launched``. JSON is taken as it is.

    Args:
        field: of an agreement, claim or entity.
        text: as it stands in the cell.
        order: what comes first in 3/4/2025, where the cell's own numbers do not tell.

    Raises:
        InputError: it is no value of that field; the message says what is.
    """
    stripped = text.strip()
    if stripped[:1] in {"[", "{"}:
        try:
            return json.loads(stripped)
        except ValueError as error:
            raise InputError(f"{field}: this looks like JSON and is none: {error}") from error
    if is_empty(stripped):
        return [] if field in _MANY else None
    if field in _MANY:
        return [_MANY[field](part, order) for part in _split(field, stripped)]
    if field == "date":
        return read_day(stripped, order=order)
    return _read_word(field, stripped)


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, a dash, "n/a"."""
    return not normalise(text) or normalise(text) in load_lexicon("spreadsheets")["empty"]["words"]


def _read_word(field: str, text: str) -> Any:  # noqa: ANN401 -- JSON
    if field in _LISTS:
        return _find_member(field, text)
    if field == "type":
        found = [each.value for kind in (ClaimType, EntityType) for each in kind if _key(each.value) == _key(text)]
        return found[0] if found else text
    if field in {"hedged", "negated", "direct"}:
        words = load_lexicon("spreadsheets")
        answers = dict.fromkeys(words["yes"]["words"], True) | dict.fromkeys(words["no"]["words"], False)
        return answers.get(_key(text), text)
    return " ".join(text.split())


def _find_member(field: str, text: str) -> str:
    """The stored word for what somebody wrote."""
    found = _members(field).get(_key(text))
    if found is None:
        known = ", ".join(_LISTS[field])
        raise InputError(f"{field}: {text} is none of {known} (nor a word for one of them)")
    return found


@cache
def _members(field: str) -> Mapping[str, str]:
    kind: type[StrEnum] = _LISTS[field]
    own = {_key(each.value): each.value for each in kind}
    words = load_lexicon("spreadsheets").get(field, {})
    return {_key(word): value for value, said in words.items() for word in said} | own


def _key(text: str) -> str:
    return normalise(text.replace("_", " "))


def _split(field: str, text: str) -> list[str]:
    parts = re.split(r"[;\n]", text)
    if len(parts) == 1 and field == "parties":
        parts = re.split(r",\s+(?![^(]*\))", text)  # not within brackets
    return [each for part in parts if (each := " ".join(part.split()))]


def _read_party(text: str, _: DayOrder | None) -> dict[str, Any]:
    """``France``, ``France (lead)`` or ``France: lead``; a bracket that is no role belongs to the name."""
    if (match := re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)) and _key(match[2]) in _members("role"):
        return {"entity": match[1], "role": _find_member("role", match[2])}
    if match := re.fullmatch(r"(.+?)\s*:\s*([^:]+)", text):
        return {"entity": match[1], "role": _find_member("role", match[2])}
    return {"entity": text, "role": PartyRole.PARTY.value}


def _read_figure(text: str, _: DayOrder | None) -> dict[str, Any]:
    match = _FIGURE.match(text)
    if match is None:
        raise InputError(f"figures: {text} is no figure; write NAME = NUMBER UNIT, as in members = 26")
    value = float(re.sub(r"[,' ]", "", match["value"]))
    name = re.sub(r"[\s-]+", "_", match["name"].strip().lower())
    return {"name": name, "value": value, "unit": (match["unit"] or "").strip() or None}


def _read_act(text: str, order: DayOrder | None) -> dict[str, Any]:
    """``signed``, ``signed 2025-07-17``, ``planned: launched 2026``."""
    polarity, colon, rest = text.partition(":")
    word, *day = (rest if colon else text).split(maxsplit=1)
    return {
        "act": _find_member("act", word),
        "polarity": _find_member("polarity", polarity) if colon else Polarity.DONE.value,
        "date": read_day(day[0], order=order) if day else None,
    }


def _read_due(text: str, order: DayOrder | None) -> dict[str, Any]:
    return {"date": read_day(text, order=order)}


def _read_text(text: str, _: DayOrder | None) -> str:
    return text


#: The fields that hold several values, and what reads one of them.
_MANY: dict[str, Callable[[str, DayOrder | None], Any]] = {
    "parties": _read_party,
    "figures": _read_figure,
    "acts": _read_act,
    "due": _read_due,
    "aliases": _read_text,
    "obligations": _read_text,
    "about": _read_text,
}
