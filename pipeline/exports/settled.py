"""An article's records as people's decisions leave them: rejected ones out, corrected fields with their new values. Pure.

What a person corrected without a place gets one: parties, acts and figures that were there keep their words, others stand on
the first words that name the record.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pipeline.corrections import find_again
from pipeline.enumerations import Review, Status
from pipeline.records import Agreement, Claim, Entity, Extraction, Span, normalise
from pipeline.store.decided import make_deed
from pipeline.store.standing_rows import Standing
from pipeline.store.streams import Annotated

_R = TypeVar("_R", Entity, Agreement, Claim)
_PLACES = {"mentions", "content", "cue"}


def settle(annotated: Annotated) -> Extraction:
    """What an article says, as people left it."""
    found = annotated.extraction
    return Extraction(
        article_id=found.article_id,
        fingerprint=found.fingerprint,
        entities=tuple(_settle_all(annotated, found.entities)),
        agreements=tuple(_settle_all(annotated, found.agreements)),
        claims=tuple(_settle_all(annotated, found.claims)),
    )


def _settle_all(annotated: Annotated, records: Sequence[_R]) -> list[_R]:
    kept = []
    for record in records:
        held = annotated.standing.get(record.id)
        if held is None:
            kept.append(record)
        elif held.review is not Review.REJECT:
            kept.append(_settle(annotated.text, record, held))
    return kept


def _settle(text: str, record: _R, held: Standing) -> _R:
    fields = dict.fromkeys(name for name, review in held.field_reviews.items() if review is Review.REJECT) | held.fields
    if not fields:
        return record
    values: dict[str, Any] = json.loads(record.model_dump_json())
    changed = {name: _settle_field(text, name, value, values) for name, value in fields.items()}
    if "status" in changed and "acts" not in changed and isinstance(record, Agreement):
        changed["acts"] = _stand_for(changed["status"], changed.get("date", record.date), values)
    kept = {name: value for name, value in changed.items() if value is not None or name not in _NEEDED}
    return type(record).model_validate_json(json.dumps(values | kept))


_NEEDED = {"label", "kind", "type", "canonical", "mentions", "content", "hedged", "negated", "direct"}


def _settle_field(text: str, name: str, value: Any, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- JSON
    if name in _PLACES:
        return _find_places(text, value)
    if name == "speaker":
        return _find_speaker(value, values["speaker"])
    if name in {"parties", "acts", "figures", "due"}:
        return [_place(each, name, values) for each in value or ()]
    return value if value is not None or name not in {"aliases", "obligations", "about"} else []


def _find_places(text: str, value: Any) -> Any:  # noqa: ANN401 -- JSON
    if value is None:
        return None
    given = [value] if isinstance(value, dict) else value
    found = [
        each | place.model_dump()
        for each in given
        if (place := find_again(text, Span(**{name: each[name] for name in Span.model_fields}))) is not None
    ]
    return (found[0] if found else None) if isinstance(value, dict) else found or None


def _find_speaker(name: str | None, before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if name is None:
        return None
    is_same = before is not None and normalise(before["name"] or before["text"] or "") == normalise(name)
    return dict(before or {}) if is_same else {"name": name}


_KEYS = {"parties": "entity", "acts": "act", "figures": "name", "due": "date"}


def _place(value: Mapping[str, Any], name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A corrected part with the place of what it was, else with that of the record's first words."""
    key = _KEYS[name]
    was = next((each for each in values[name] if each[key] == value[key]), None)
    if was is not None:
        return {**was, **value}
    words = {each: values["mentions"][0][each] for each in ("start", "end", "text")}
    date_text = {"date_text": value["date"]} if name == "due" else {}
    basis = {"basis": "presupposed"} if name == "acts" else {}  # without a word that says it
    return {**value, **words, **date_text, **basis}


def _stand_for(status: str | None, date: str | None, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The act that stands for a status that a person gave; what was read as having happened gave another one."""
    if status is None:
        return []
    deed = make_deed(Status(status), date)
    return [
        _place({"act": deed.act.value, "date": date, "polarity": "done", "actors": []}, "acts", {**values, "acts": []})
    ]
