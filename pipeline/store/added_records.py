"""What a person adds, as the record that extraction would have made of it: the same fields, the rule ``person``. Pure."""

import json
from typing import Any

from pipeline.enumerations import Status
from pipeline.records import Agreement, Claim, Entity
from pipeline.store.decided import make_deed

PERSON = "person"  #: the rule of what a person added
_SURE = 1.0  # a person said so


def make_added(record_id: str, values: dict[str, Any]) -> Entity | Agreement | Claim:
    """The record of this id (``en-…``, ``ag-…`` or ``cl-…``) with these values, complete and checked.

    Parties, acts, figures and dates stand on the first words that name it: a person says what, not where.
    """
    if record_id.startswith("en-"):
        return Entity.model_validate_json(json.dumps(values | {"id": record_id, "rule": PERSON}))
    sure = {"id": record_id, "rule": PERSON, "confidence": _SURE}
    if record_id.startswith("cl-"):
        return Claim.model_validate_json(json.dumps(values | sure | _place_claim(values)))
    return Agreement.model_validate_json(json.dumps(values | sure | _place_agreement(values)))


def _place_claim(values: dict[str, Any]) -> dict[str, Any]:
    words, speaker = _words(values["content"][0]), values["speaker"]
    figures = [each | words for each in values["figures"]]
    return {"speaker": {"name": speaker} if speaker else None, "figures": figures}


def _place_agreement(values: dict[str, Any]) -> dict[str, Any]:
    words = _words(values["mentions"][0])
    acts = values["acts"]
    if values["status"] and not acts:  # rows of the register stand as their acts have it
        deed = make_deed(Status(values["status"]), values["date"])
        acts = [{"act": deed.act.value, "date": deed.date}]
    return {
        "parties": [each | words | {"rule": PERSON} for each in values["parties"]],
        "acts": [each | words | {"rule": PERSON} for each in acts],
        "figures": [each | words for each in values["figures"]],
        "due": [each | words | {"date_text": each["date"]} for each in values["due"]],
    }


def _words(place: dict[str, Any]) -> dict[str, Any]:
    return {name: place[name] for name in ("start", "end", "text")}
