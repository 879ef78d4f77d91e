"""Which fields of a record a person may correct, and with what: the same lists, dates and types that the extractor fills.

Corrected values carry no place in a text: their words, where there are any, stand in the decision's quote. The exception are
fields that are nothing but places (:data:`PLACES`): where an entity or agreement is named, a claim's content and its cue.
"""

from functools import cache
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError, create_model

from pipeline.enumerations import (
    ActType,
    AgreementKind,
    ClaimType,
    EntityType,
    PartyRole,
    Polarity,
    Status,
)
from pipeline.errors import InputError
from pipeline.records import IsoDate, Mention, Record, Span

# Names and labels are one line of a table; the longest in the corpus has 140 characters.
Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^\S(.*\S)?$")]


class PartyValue(Record):
    """An actor of an agreement and its role: ``{"entity": "France", "role": "lead"}``."""

    entity: Line
    role: PartyRole = PartyRole.PARTY


class ActValue(Record):
    """Something that happened to an agreement: ``{"act": "signed", "date": "2025-07-17"}``."""

    act: ActType
    polarity: Polarity = Polarity.DONE
    date: IsoDate | None = None
    actors: tuple[Line, ...] = ()


class FigureValue(Record):
    """A number said of an agreement or in a claim: ``{"name": "members", "value": 26}``."""

    name: Line
    value: float = Field(allow_inf_nan=False)
    unit: Line | None = None


class DueValue(Record):
    """A date by which something is promised: ``{"date": "2026-06"}``."""

    date: IsoDate


class AgreementValues(Record):
    """The fields of an agreement as an article, or a person, tells of it."""

    name: Line | None = None
    label: Line
    aliases: tuple[Line, ...] = ()
    kind: AgreementKind
    status: Status | None = None
    date: IsoDate | None = None
    subject: Line | None = None
    legal_form: Line | None = None
    reference: Line | None = None
    obligations: tuple[Line, ...] = ()
    parties: tuple[PartyValue, ...] = ()
    acts: tuple[ActValue, ...] = ()
    figures: tuple[FigureValue, ...] = ()
    due: tuple[DueValue, ...] = ()


class ObservedValues(AgreementValues):
    """The fields of an agreement in one article: where it is named, too."""

    mentions: tuple[Span, ...] = Field(min_length=1)


class RowValues(Record):
    """The fields of a row of the register as a whole; its parties and figures are those of its observations."""

    name: Line | None = None
    label: Line
    kind: AgreementKind
    status: Status | None = None
    date: IsoDate | None = None
    subject: Line | None = None


class ClaimValues(Record):
    """The fields of a claim; who speaks is a name, the words that describe the speaker, or AUTHOR."""

    type: ClaimType
    speaker: Line | None = None
    hedged: bool
    negated: bool
    direct: bool
    about: tuple[Line, ...] = ()
    figures: tuple[FigureValue, ...] = ()
    content: tuple[Span, ...] = Field(min_length=1)
    cue: Span | None = None


class EntityValues(Record):
    """The fields of an entity across all articles."""

    type: EntityType
    canonical: Line
    iso: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = None
    aliases: tuple[Line, ...] = ()


class NamedValues(EntityValues):
    """The fields of an entity in one article: where it is named, too."""

    mentions: tuple[Mention, ...] = Field(min_length=1)


class ThemeValues(Record):
    """The name of a theme; its members and terms are found."""

    label: Line


#: By the beginning of a record's id.
VALUES: dict[str, type[Record]] = {
    "ag": ObservedValues,
    "ow": AgreementValues,
    "rw": RowValues,
    "cl": ClaimValues,
    "en": NamedValues,
    "ac": EntityValues,
    "th": ThemeValues,
}
#: Fields that are places in the article's text; a person's are found again by their words where the text has changed.
PLACES = frozenset({"mentions", "content", "cue"})


def check_field(record_id: str, field: str) -> None:
    """Make sure that a record of this sort has such a field.

    Raises:
        InputError: it has none; the fields that it has are in the message.
    """
    fields = _values_of(record_id).model_fields
    if field not in fields:
        raise InputError(f"{record_id} has no field {field} that can be decided on; its fields are {', '.join(fields)}")


def check_value(record_id: str, field: str, value: object) -> Any:  # noqa: ANN401 -- JSON: the fields are of many types
    """A corrected value as it is kept (JSON, complete: a party without a role is one with the role party).

    Example::

        check_value("ag-1", "parties", [{"entity": "France"}])  # [{"entity": "France", "role": "party"}]

    Raises:
        InputError: it cannot be a value of that field; the message says what can.
    """
    check_field(record_id, field)
    one = _only(_values_of(record_id), field)
    try:
        checked = one.model_validate_json(_ANY.dump_json({field: value}))
    except ValidationError as error:
        raise InputError(f"{field} of {record_id} cannot be {_show(value)}: {_say(error)}") from error
    return checked.model_dump(mode="json")[field]


def check_values(record_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """A whole record as a person enters it, as JSON and complete; fields that are not given are empty.

    Raises:
        InputError: a field is missing, unknown, or has no value it can have; all of them are in the message.
    """
    try:
        checked = _values_of(record_id).model_validate_json(_ANY.dump_json(values))
    except ValidationError as error:
        raise InputError(_say(error, places=0)) from error
    return checked.model_dump(mode="json")


def plain_values(record_id: str, record: dict[str, Any]) -> dict[str, Any]:
    """The fields that can be corrected, as an extracted record (as JSON) has them: without places in the text.

    What is compared to see whether an extractor says something new: offsets, rules and confidences are left out, and so are
    fields that are nothing but places: a text that has changed has them elsewhere, with nothing new in them.
    """
    fields = _values_of(record_id).model_fields
    return {name: _plain(record.get(name), name) for name in fields if name not in PLACES}


def find_places(record_id: str, record: dict[str, Any]) -> dict[str, Any]:
    """The fields of an extracted record (as JSON) that are places in the text: ``{"content": [{"start": …}], "cue": …}``."""
    return {name: record.get(name) for name in _values_of(record_id).model_fields if name in PLACES}


def find_again(text: str, place: Span) -> Span | None:
    """Where the words of a place stand in another version of its text: there still, else where they stand nearest, or None."""
    if text[place.start : place.end] == place.text:
        return place
    found = [text.rfind(place.text, 0, place.end), text.find(place.text, place.start)]
    starts = [each for each in found if each >= 0]
    if not starts:
        return None
    start = min(starts, key=lambda each: abs(each - place.start))
    return place.model_copy(update={"start": start, "end": start + len(place.text)})


def _plain(value: object, name: str) -> Any:  # noqa: ANN401 -- JSON
    parts: dict[str, type[Record]] = {"parties": PartyValue, "acts": ActValue, "figures": FigureValue, "due": DueValue}
    if name == "speaker" and isinstance(value, dict):
        return value.get("name") or value.get("text")
    if name in parts and isinstance(value, list):
        kept = parts[name].model_fields
        return [{key: each.get(key) for key in kept} for each in value]
    return value


def _values_of(record_id: str) -> type[Record]:
    values = VALUES.get(record_id.partition("-")[0])
    if values is None:
        raise InputError(
            f"{record_id} is nothing to decide on: rows (rw-…), agreements (ag-…), claims (cl-…), entities (en-…) and "
            "themes (th-…) are"
        )
    return values


@cache
def _only(values: type[Record], field: str) -> type[Record]:
    """A record of this one field, which is required: what it takes is said once, in the record of all fields."""
    info = values.model_fields[field]
    wanted: Any = (info.annotation, Field(...)) if not info.metadata else (Annotated[info.annotation, info], ...)
    return create_model(f"{values.__name__}_{field}", __base__=Record, **{field: wanted})


#: What is said of a text that has not the form of its field, instead of a regular expression.
_FORMS = {
    "date": "a day as 2025-07-17, a month as 2025-07 or a year",
    "iso": "two capital letters as FR (ISO 3166-1)",
    "wikidata": "a Q and digits as Q142",
}
_ANY: TypeAdapter[object] = TypeAdapter(object)


def _show(value: object) -> str:
    shown = _ANY.dump_json(value).decode()
    return shown if len(shown) <= 80 else shown[:79] + "…"


def _say(error: ValidationError, *, places: int = 1) -> str:
    """``[2].role: input should be 'party' or 'member'``, of the first things that are wrong.

    Args:
        error: what pydantic says.
        places: how many steps into the value are left out, being said already (1: the field).
    """
    told = []
    for problem in error.errors(include_url=False, include_context=False)[:3]:
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem["loc"][places:])
        message = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "string_pattern_mismatch":
            message = _FORMS.get(str(problem["loc"][-1]), "one line of text, without blanks before or after it")
        told.append(f"{place.lstrip('.')}: {message}".removeprefix(": "))
    return "; ".join(told)
