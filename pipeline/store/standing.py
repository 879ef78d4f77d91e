"""What people's decisions come to: what is in force now about a record, and which observations are one or are not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, ScalarSelect, delete, func, insert, select, union_all
from sqlalchemy import Row as SqlRow

from pipeline.decisions import Decision, find_in_force
from pipeline.enumerations import DecisionAction, Review
from pipeline.store import schema
from pipeline.store.queries import is_one_of
from pipeline.store.standing_rows import Judgements, Standing

__all__ = ["Judgements", "Standing"]  # with all that follow; they stand apart so that the command line can name them


class _Slot(NamedTuple):
    """One decision in force, as the table has it."""

    field: str
    action: str
    value: Any
    decision: int
    is_reopened: bool


def load_standing(connection: Connection, record_ids: Collection[str]) -> dict[str, Standing]:
    """What is in force about these records, by id; what nobody has decided on is left out."""
    newest = _load_newest(connection, record_ids)
    if not newest:
        return {}
    standing = schema.standing
    slots: dict[str, list[SqlRow[Any]]] = defaultdict(list)
    for row in connection.execute(select(standing).where(is_one_of(standing.c.record_id, newest))):
        slots[row.record_id].append(row)
    return {record_id: _make_standing(record_id, slots[record_id], number) for record_id, number in newest.items()}


def is_rejected(record_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the record with this id is rejected as a whole."""
    standing = schema.standing
    conditions = (standing.c.record_id == record_id, standing.c.field == "", standing.c.action == Review.REJECT.value)
    return select(1).where(*conditions).exists()


def select_decided(record_id: ColumnElement[str]) -> ScalarSelect[Any]:
    """All that is in force of the record with this id, as one value for :func:`read_decided`; NULL where nothing is."""
    standing = schema.standing
    columns = (standing.c.field, standing.c.action, standing.c.value, standing.c.decision, standing.c.is_reopened)
    slots = func.jsonb_agg(func.jsonb_build_array(*columns))
    return select(slots).where(standing.c.record_id == record_id).scalar_subquery()


def read_decided(found: Sequence[Sequence[Any]] | None) -> Standing:
    """What is in force, from :func:`select_decided`; without the record's id, which its reader knows.

    Its number is of the newest decision in force, not of the newest of all.
    """
    names = ("field", "action", "value", "decision", "is_reopened")
    slots = [_Slot(**dict(zip(names, each, strict=True))) for each in found or ()]
    return _make_standing("", slots, max((each.decision for each in slots), default=0))


def refresh_standing(connection: Connection, record_ids: Collection[str]) -> None:
    """Work out anew what is in force about these records (as they are now), from the log."""
    standing = schema.standing
    connection.execute(delete(standing).where(is_one_of(standing.c.record_id, record_ids)))
    decisions = _load_applying(connection, record_ids)
    numbers = {each.number for found in decisions.values() for each in found}
    again = set(
        connection.execute(select(schema.reopened.c.decision).where(schema.reopened.c.decision.in_(numbers))).scalars()
    )
    rows = [
        {
            "record_id": record_id,
            "field": held.field or "",
            "action": held.action,
            "value": held.value,
            "decision": held.decision,
            "is_reopened": held.is_reopened,
        }
        for record_id, found in decisions.items()
        for held in find_in_force(found, reopened=again)
    ]
    if rows:
        connection.execute(insert(standing), rows)


def load_now_ids(connection: Connection, record_ids: Collection[str]) -> dict[str, str]:
    """What these records are now, where a decision on them was taken over by another record; the others are themselves."""
    attachment = schema.attachment
    query = select(attachment.c.record_id, attachment.c.now_id).where(
        is_one_of(attachment.c.record_id, record_ids), attachment.c.now_id.is_not(None)
    )
    moved = {row.record_id: row.now_id for row in connection.execute(query)}
    return {each: moved.get(each, each) for each in record_ids}


def load_judgements(connection: Connection, agreement_ids: Collection[str]) -> Judgements:
    """What people said about these observations or entities, and about all that they said is one with them.

    Ids that came in are followed through merges (also through observations that are gone), so that a union over
    ``same`` is complete; ``apart`` names every pair of which one side is reached so.
    """
    reached: set[str] = set()
    same: set[tuple[str, str]] = set()
    frontier = set(agreement_ids)
    while frontier:  # a merge is a star: three rounds for what was merged once
        frontier |= _load_attached(connection, frontier)
        reached |= frontier
        pairs = _load_pairs(connection, frontier, is_same=True)
        same |= pairs
        frontier = {each for pair in pairs for each in pair} - reached
    apart = _load_pairs(connection, reached, is_same=False)
    now_ids = load_now_ids(connection, {each for pair in same | apart for each in pair}) if same or apart else {}
    return Judgements(same=_rename(same, now_ids), apart=_rename(apart, now_ids))


def _rename(pairs: set[tuple[str, str]], now_ids: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    named = ((now_ids[one], now_ids[other]) for one, other in pairs)
    return frozenset((min(pair), max(pair)) for pair in named if pair[0] != pair[1])


def _load_attached(connection: Connection, ids: Collection[str]) -> set[str]:
    """What these ids were before, and what they are now."""
    attachment = schema.attachment
    before = select(attachment.c.record_id).where(is_one_of(attachment.c.now_id, ids))
    after = select(attachment.c.now_id).where(is_one_of(attachment.c.record_id, ids), attachment.c.now_id.is_not(None))
    return set(connection.execute(union_all(before, after)).scalars())


def _load_pairs(connection: Connection, ids: Collection[str], *, is_same: bool) -> set[tuple[str, str]]:
    judgement = schema.judgement
    query = select(judgement.c.one_id, judgement.c.other_id).where(judgement.c.is_in_force)
    query = query.where(judgement.c.is_same if is_same else ~judgement.c.is_same)
    sides = (query.where(is_one_of(side, ids)) for side in (judgement.c.one_id, judgement.c.other_id))
    return {(row[0], row[1]) for row in connection.execute(union_all(*sides))}


def _load_newest(connection: Connection, record_ids: Collection[str]) -> dict[str, int]:
    """The number of the newest decision on each record, of whatever kind."""
    decision, attachment = schema.decision, schema.attachment
    own = select(decision.c.record_id.label("id"), decision.c.number).where(is_one_of(decision.c.record_id, record_ids))
    taken = select(attachment.c.now_id.label("id"), decision.c.number).where(
        is_one_of(attachment.c.now_id, record_ids), decision.c.record_id == attachment.c.record_id
    )
    both = union_all(own, taken).subquery()
    query = select(both.c.id, func.max(both.c.number)).group_by(both.c.id)
    return {row[0]: row[1] for row in connection.execute(query)}


def _load_applying(connection: Connection, record_ids: Collection[str]) -> dict[str, list[Decision]]:
    """All decisions that are not undone, by what their record is now."""
    decision, attachment, undone = schema.decision, schema.attachment, schema.undone
    columns = [decision.c[name] for name in Decision.model_fields]
    query = select(*columns, func.coalesce(attachment.c.now_id, decision.c.record_id).label("now_id")).outerjoin(
        attachment, attachment.c.record_id == decision.c.record_id
    )
    query = query.where(~select(1).where(undone.c.decision == decision.c.number).exists())
    was = select(attachment.c.record_id).where(is_one_of(attachment.c.now_id, record_ids))
    has_moved = attachment.c.now_id.is_not(None)
    own = query.where(is_one_of(decision.c.record_id, record_ids), ~has_moved)
    taken = query.where(decision.c.record_id.in_(was), has_moved)
    found: dict[str, list[Decision]] = defaultdict(list)
    for row in connection.execute(union_all(own, taken)).mappings():
        facts = dict(row)
        found[facts.pop("now_id")].append(Decision(**facts))
    return found


def _make_standing(record_id: str, slots: Iterable[_Slot | SqlRow[Any]], newest: int) -> Standing:
    held = list(slots)
    reviews = {row.field: Review(row.action) for row in held if row.action != DecisionAction.CORRECT}
    return Standing(
        record_id=record_id,
        review=reviews.pop("", None),
        fields={row.field: row.value for row in held if row.action == DecisionAction.CORRECT},
        field_reviews=reviews,
        is_reopened=any(row.is_reopened for row in held),
        decision=newest,
    )
