"""The fields of records as forms: which control each has, how its value is shown, and how it is read back. Pure."""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import zip_longest
from typing import Any, Literal, NamedTuple, Protocol

from pipeline.enumerations import ActType, AgreementKind, ClaimType, EntityType, PartyRole, Polarity, Status
from pipeline.errors import InputError

Sort = Literal["entity", "agreement", "claim"]


class Form(Protocol):
    """What a browser sent: several values may bear one name."""

    def getlist(self, key: str, /) -> list[Any]:
        """All values of a name, in the order of the form."""


class Control(NamedTuple):
    """How a field is filled in."""

    field: str
    title: str
    sort: Literal["line", "day", "choice", "yes", "lines", "parties", "acts", "figures", "due"]
    choices: tuple[str, ...] = ()
    is_needed: bool = False
    hint: str = ""


def _names(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(each.value for each in kind)


_DAY = "A day as 2025-07-17, a month as 2025-07, or a year."
CONTROLS: dict[Sort, tuple[Control, ...]] = {
    "agreement": (
        Control("name", "Name", "line", hint="Empty where it has none."),
        Control("label", "Label", "line", is_needed=True, hint="What it is called in lists."),
        Control("kind", "Kind", "choice", _names(AgreementKind), is_needed=True),
        Control("status", "Status", "choice", _names(Status)),
        Control("date", "Date", "day", hint=_DAY),
        Control("parties", "Parties", "parties", _names(PartyRole)),
        Control("acts", "What happened", "acts", _names(ActType)),
        Control("due", "Due", "due", hint=f"One a line. {_DAY}"),
        Control("figures", "Figures", "figures"),
        Control("subject", "Subject", "line", hint="Three to eight words."),
        Control("aliases", "Also called", "lines", hint="One a line."),
        Control("obligations", "Obligations", "lines", hint="One a line: defence, aid, training …"),
        Control("legal_form", "Legal form", "line", hint="As the text has it: legally binding, memorandum …"),
        Control("reference", "Reference", "line", hint="The official number."),
    ),
    "claim": (
        Control("type", "Type", "choice", _names(ClaimType), is_needed=True),
        Control("speaker", "Speaker", "line", hint="A name, the words for the speaker, or AUTHOR."),
        Control("hedged", "Hedged", "yes"),
        Control("negated", "Negated", "yes"),
        Control("direct", "In their words", "yes"),
        Control("about", "About", "lines", hint="One a line."),
        Control("figures", "Figures", "figures"),
    ),
    "entity": (
        Control("canonical", "Name", "line", is_needed=True),
        Control("type", "Type", "choice", _names(EntityType), is_needed=True),
        Control("iso", "Country code", "line", hint="ISO 3166-1: FR."),
        Control("wikidata", "Wikidata", "line", hint="Q142."),
        Control("aliases", "Also called", "lines", hint="One a line."),
    ),
}
POLARITIES = _names(Polarity)
#: By the beginning of a record's id.
SORTS: dict[str, Sort] = {"ag": "agreement", "cl": "claim", "en": "entity"}
#: The field of the places that a record stands on.
PLACES: dict[Sort, str] = {"agreement": "mentions", "claim": "content", "entity": "mentions"}


def find_sort(record_id: str) -> Sort:
    """What sort of record an id is of.

    Raises:
        InputError: it is of none that stands in an article.
    """
    sort = SORTS.get(record_id[:2])
    if sort is None:
        raise InputError(f"{record_id} stands in no article.")
    return sort


def find_control(record_id: str, field: str) -> Control:
    """How a field of a record is filled in.

    Raises:
        InputError: it has no such field.
    """
    found = next((each for each in CONTROLS[find_sort(record_id)] if each.field == field), None)
    if found is None:
        raise InputError(f"{record_id} has no field {field}.")
    return found


def read_value(control: Control, form: Form, name: str = "value") -> Any:  # noqa: ANN401 -- JSON: of many types
    """What a form says of a field, as JSON for :func:`pipeline.corrections.check_value`; an empty one is None or no items.

    Args:
        control: of the field.
        form: what the browser sent.
        name: what the field's controls are called in it; of parts ``name.entity``, ``name.role`` …

    Raises:
        InputError: a number is none.
    """
    return _READERS[control.sort](form, name)


def read_values(sort: Sort, form: Form) -> dict[str, Any]:
    """All fields of a new record, each under its own name; what is empty is left out."""
    values = {each.field: read_value(each, form, each.field) for each in CONTROLS[sort]}
    kept = {name: value for name, value in values.items() if value not in (None, [], ())}
    if sort == "agreement" and "label" not in kept and "name" in kept:
        kept["label"] = kept["name"]
    return kept


def show_value(value: object) -> str:
    """A value as one line: ``Norland (lead); Sudland``, ``signed 2025-07-17``, ``members = 26``; a dash for none."""
    if value is None or value in ([], ""):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(show_value(each) for each in value)
    return _show_part(value) if isinstance(value, dict) else str(value)


def show_choice(value: object) -> str:
    """A value of a closed list in words: ``in_force`` → ``in force``."""
    return str(value).replace("_", " ")


def _show_part(part: Mapping[str, Any]) -> str:
    if "entity" in part:
        role = "" if part.get("role") in (None, "party") else f" ({part['role']})"
        return f"{part['entity']}{role}"
    if "act" in part:
        said = [show_choice(part["act"]), part.get("date") or "", _in_brackets(part)]
        return " ".join(each for each in said if each) + (
            f" by {', '.join(part['actors'])}" if part.get("actors") else ""
        )
    if "name" in part:
        return f"{show_choice(part['name'])} = {part['value']:g}" + (f" {part['unit']}" if part.get("unit") else "")
    if "text" in part:
        return f"“{part['text']}”"
    return str(part["date"]) if "date" in part else json.dumps(part, ensure_ascii=False)


def _in_brackets(part: Mapping[str, Any]) -> str:
    return f"({part['polarity']})" if part.get("polarity", "done") != "done" else ""


def _all(form: Form, name: str) -> list[str]:
    return [str(each).strip() for each in form.getlist(name)]


def _line(form: Form, name: str) -> str | None:
    return next(iter(_all(form, name)), "") or None


def _lines(form: Form, name: str) -> list[str]:
    return [each.strip() for text in _all(form, name) for each in text.splitlines() if each.strip()]


def _columns(form: Form, name: str, parts: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a small table; those whose first column is empty are left out."""
    rows = zip_longest(*(_all(form, f"{name}.{part}") for part in parts), fillvalue="")
    return [dict(zip(parts, row, strict=True)) for row in rows if row and row[0]]


def _read_parties(form: Form, name: str) -> list[dict[str, str]]:
    return [each | {"role": each["role"] or "party"} for each in _columns(form, name, ("entity", "role"))]


def _read_acts(form: Form, name: str) -> list[dict[str, Any]]:
    return [
        {
            "act": each["act"],
            "polarity": each["polarity"] or "done",
            "date": each["date"] or None,
            "actors": [actor.strip() for actor in each["actors"].split(";") if actor.strip()],
        }
        for each in _columns(form, name, ("act", "polarity", "date", "actors"))
    ]


def _read_figures(form: Form, name: str) -> list[dict[str, Any]]:
    rows = _columns(form, name, ("name", "value", "unit"))
    return [each | {"value": _number(each["value"]), "unit": each["unit"] or None} for each in rows]


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError as error:
        raise InputError(f"“{text[:40]}” is no number.") from error


_READERS: dict[str, Callable[[Form, str], Any]] = {
    "line": _line,
    "day": _line,
    "choice": _line,
    "yes": lambda form, name: _line(form, name) == "yes",
    "lines": _lines,
    "parties": _read_parties,
    "acts": _read_acts,
    "figures": _read_figures,
    "due": lambda form, name: [{"date": each} for each in _lines(form, name)],
}
