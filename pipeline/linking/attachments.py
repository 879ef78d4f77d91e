"""What becomes of a decision when its article is read anew: found again by id, else by words and kind, else an orphan. Pure.

A decision is looked at again only where both the text and what is extracted have changed: a better extractor that reads
the same text differently is no reason to ask a person twice, and neither is a change of the text that changes no value.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.decisions import REVIEWS, Decision
from pipeline.enumerations import DecisionAction
from pipeline.records import Record, normalise

# A name of two words ("the coalition") stands in many sentences; three words in the same article mean the same thing.
_LEAST_WORDS = 3


class Anchor(Record):
    """A record by the words that name it."""

    record_id: str
    kind: str | None
    quotes: tuple[str, ...]
    companions: frozenset[str] = frozenset()  #: ids that stood beside it: they are others


def find_attachments(gone: Sequence[Anchor], present: Sequence[Anchor]) -> dict[str, str | None]:
    """For each decided record that is gone: the record of the same article that it is now, or None for an orphan.

    It must be of the same sort and kind, and must not have stood beside it before; the same words come before words
    within words ("a headquarters in Paris", "a permanent headquarters in Paris"). Where several fit as well it is an
    orphan: a decision on the wrong record is worse than one that waits for a person.
    """
    return {each.record_id: _find_one(each, present) for each in gone}


def has_to_be_reviewed(decision: Decision, *, text_sha256: str | None, values: Mapping[str, Any]) -> bool:
    """Whether a decision is to be looked at again, as its record stands now.

    Args:
        decision: a review or a correction, with what it was made on.
        text_sha256: of the article's text now.
        values: what the record's fields are now, as extracted (:func:`pipeline.corrections.plain_values`).
    """
    if decision.action not in REVIEWS | {DecisionAction.CORRECT}:
        return False
    if decision.text_sha256 is None or decision.text_sha256 == text_sha256:
        return False
    value = dict(values) if decision.field is None else values.get(decision.field)
    is_as_corrected = decision.action is DecisionAction.CORRECT and value == decision.after
    return value != decision.extracted and not is_as_corrected


def _find_one(gone: Anchor, present: Sequence[Anchor]) -> str | None:
    scores = {
        each.record_id: _score(gone, each)
        for each in present
        if each.record_id[:2] == gone.record_id[:2] and each.kind == gone.kind and each.record_id not in gone.companions
    }
    best = max(scores.values(), default=0)
    found = [record_id for record_id, score in scores.items() if score == best]
    return found[0] if best and len(found) == 1 else None


def _score(one: Anchor, other: Anchor) -> int:
    """2 where a quote of both is the same, 1 where one stands within the other, else 0."""
    ours, theirs = ({f" {normalise(quote)} " for quote in each.quotes} - {"  "} for each in (one, other))
    if ours & theirs:
        return 2
    pairs = ((min(a, b, key=len), max(a, b, key=len)) for a in ours for b in theirs)
    return int(any(len(short.split()) >= _LEAST_WORDS and short in long for short, long in pairs))
