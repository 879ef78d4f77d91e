"""What people decide: the record of one decision, and what a log of them comes to. Pure.

The log only grows. An undo is a decision that names what it undoes; an undo that is itself undone brings that back.
Of what is not undone, the newest decision of a slot holds: the review of a record or of one of its fields, and the
corrected value of a field. A correction ends the reviews of its field before it, since they were of another value.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from pipeline.enumerations import DecisionAction
from pipeline.records import Record

REVIEWS = frozenset({DecisionAction.ACCEPT, DecisionAction.REJECT, DecisionAction.UNSURE})


class Decision(Record):
    """What a person decided about a record; rows are added, never changed."""

    number: int | None = None  #: its place in the log, once it is there
    who: str
    when: datetime
    record_id: str
    field: str | None = None  #: None: the record as a whole
    action: Annotated[DecisionAction, Field(strict=False)]
    before: Any = None  #: the value as the person saw it
    after: Any = None
    quote: str | None = None
    batch: str | None = None
    extractor: str | None = None  #: fingerprint of what extracted the record
    undoes: int | None = None
    article_id: str | None = None  #: where the record stood
    kind: str | None = None  #: of what kind it was: an agreement's, a claim's or an entity's
    text_sha256: str | None = None  #: of the article's text
    extracted: Any = None  #: what the extractor said of the field (of all fields, where None), corrections left aside


class NewDecision(Record):
    """A review, correction or note that somebody is about to make; the store adds when, before, and what it was made on."""

    who: str = Field(min_length=1)
    record_id: str  #: or an unambiguous beginning of it
    action: Annotated[DecisionAction, Field(strict=False)]
    field: str | None = None
    value: Any = None  #: of a correction, as JSON; of a note, its words
    quote: str | None = None  #: the words it stands on; the record's own where None
    batch: str | None = None
    expected: int | None = None  #: newest decision on the record that the person saw (0: none); None: not compared


class InForce(Record):
    """One decision that holds: the slot it fills, and with what."""

    field: str | None
    action: DecisionAction
    value: Any = None
    decision: int
    is_reopened: bool = False


def find_undone(undos: Mapping[int, int]) -> set[int]:
    """Which decisions are undone at present, from all undos: their own number -> the number of what they undo.

    Example: 2 undoes 1, and 3 undoes 2: ``{2: 1, 3: 2}`` -> ``{2}``; 1 holds again.
    """
    undone: set[int] = set()
    for number in sorted(undos, reverse=True):  # what came later is settled first
        if number not in undone:
            undone.add(undos[number])
    return undone


def find_in_force(decisions: Sequence[Decision], *, reopened: Collection[int] = ()) -> list[InForce]:
    """What holds of one record's decisions, undone ones left out by the caller; in the order in which it was decided.

    Args:
        decisions: of one record, each with its number; notes, creations, merges and splits fill no slot.
        reopened: numbers of decisions whose text and extracted value have both changed since.
    """
    slots: dict[tuple[str | None, bool], Decision] = {}
    for each in sorted(decisions, key=_number):
        if each.action is DecisionAction.CORRECT:
            slots.pop((each.field, True), None)
            slots[each.field, False] = each
        elif each.action in REVIEWS:
            slots[each.field, True] = each
    held = sorted(slots.values(), key=_number)
    # Who looked at the field again has closed the question, whatever the older decision beside it was.
    newest = {each.field: _number(each) for each in held}
    open_again = {number for number in newest.values() if number in reopened}
    return [_make_in_force(each, open_again) for each in held]


def find_superseding(decision: Decision, later: Sequence[Decision]) -> Decision | None:
    """The decision that took its slot since then, among later ones that are not undone; None where it still counts."""
    takers = REVIEWS | {DecisionAction.CORRECT} if decision.action in REVIEWS else {DecisionAction.CORRECT}
    if decision.action not in REVIEWS | {DecisionAction.CORRECT}:
        return None
    for each in sorted(later, key=_number, reverse=True):
        if _number(each) > _number(decision) and each.field == decision.field and each.action in takers:
            return each
    return None


def _make_in_force(decision: Decision, open_again: Collection[int]) -> InForce:
    number = _number(decision)
    value = decision.after if decision.action is DecisionAction.CORRECT else None
    return InForce(
        field=decision.field,
        action=decision.action,
        value=value,
        decision=number,
        is_reopened=number in open_again,
    )


def _number(decision: Decision) -> int:
    assert decision.number is not None, "a decision of the log has a number"
    return decision.number
