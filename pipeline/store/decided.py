"""What people decided of the observations of a row, applied to them before the row is made; pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.enumerations import ActType, AgreementKind, Basis, PartyRole, Polarity, Review, Status
from pipeline.records import normalise
from pipeline.status import STATUS_OF_ACT
from pipeline.store.observations import Actor, Deed, Outline, Seen
from pipeline.store.standing import Standing

# The act that stands for a status which a person set: the first of the table that gives it.
_ACT_OF_STATUS: dict[Status, ActType] = {}
for _act, _status in STATUS_OF_ACT.items():
    if _status is not None:
        _ACT_OF_STATUS.setdefault(_status, _act)
_PLAIN = ("name", "label", "date", "subject")  # fields whose values are words


def apply_decisions(seen: Iterable[Seen], standing: Mapping[str, Standing]) -> list[Seen]:
    """Observations as people left them: rejected ones are out, corrected fields have their new values.

    Where all are rejected they all stay: what was rejected can still be looked up.
    """
    given = list(seen)
    kept = [
        each for each in given if (found := standing.get(each.agreement_id)) is None or found.review != Review.REJECT
    ]
    return [_correct(each, standing.get(each.agreement_id)) for each in kept or given]


def find_review(row_id: str, seen: Sequence[Seen], standing: Mapping[str, Standing]) -> Review | None:
    """The review state of a row: a decision on the row itself, else what those on its observations come to."""
    own = standing.get(row_id)
    if own is not None and own.review is not None:
        return own.review
    found = [standing[each.agreement_id].review if each.agreement_id in standing else None for each in seen]
    if found and all(each is Review.REJECT for each in found):
        return Review.REJECT
    return next((each for each in (Review.UNSURE, Review.ACCEPT) if each in found), None)


def correct_outline(outline: Outline, standing: Standing | None) -> Outline:
    """A row with the values that a person set for the row as a whole."""
    if standing is None:
        return outline
    fields = _settled(standing)
    changed: dict[str, Any] = {name: fields[name] for name in _PLAIN if name in fields and name != "label"}
    changed |= {name: kind(fields[name]) for name, kind in _CLOSED.items() if fields.get(name)}
    if "status" in changed:
        changed["status_date"] = fields.get("status_date")
    if label := fields.get("label") or fields.get("name"):
        changed["label"] = label
    return outline._replace(**changed)


_CLOSED = {"kind": AgreementKind, "status": Status}


def _correct(seen: Seen, standing: Standing | None) -> Seen:
    if standing is None:
        return seen
    fields = _settled(standing)
    changed: dict[str, Any] = {name: fields[name] for name in _PLAIN if name in fields}
    if not changed.get("label", "x"):
        del changed["label"]  # a row is called something
    if fields.get("kind"):
        changed["kind"] = AgreementKind(fields["kind"])
    if "aliases" in fields:
        changed["aliases"] = tuple(fields["aliases"] or ())
    if "status" in fields:
        changed |= _set_status(seen, fields)
    if "parties" in fields:
        changed["parties"] = [_make_actor(each, seen) for each in fields["parties"] or ()]
    return seen._replace(**changed)


def _settled(standing: Standing) -> dict[str, Any]:
    """Corrected fields, and None for those whose value was rejected without another one."""
    rejected = {name for name, review in standing.field_reviews.items() if review is Review.REJECT}
    return dict.fromkeys(rejected) | standing.fields


def _set_status(seen: Seen, fields: Mapping[str, Any]) -> dict[str, Any]:
    if not fields["status"]:
        return {"status": None, "acts": []}
    status = Status(fields["status"])
    day = fields.get("status_date") or fields.get("date") or seen.date
    return {"status": status, "acts": [make_deed(status, day)]}


def make_deed(status: Status, day: str | None) -> Deed:
    """The act that stands for a status which a person gave without saying what happened: ``in_force`` entered into force."""
    return Deed(_ACT_OF_STATUS[status], Polarity.DONE, Basis.STATED, day)


def _make_actor(given: Mapping[str, Any] | str, seen: Seen) -> Actor:
    entity = given if isinstance(given, str) else str(given["entity"])
    role = PartyRole.PARTY if isinstance(given, str) else PartyRole(given.get("role", PartyRole.PARTY))
    first_seen = next((each.first_seen for each in seen.parties if each.normal == normalise(entity)), seen.first_seen)
    return Actor(normalise(entity), role, entity, first_seen)
