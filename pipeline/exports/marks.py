"""What is extracted from an article as marked places in its text: the form that annotation tools share."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pipeline.corrections import find_again
from pipeline.enumerations import MentionFlag, Review
from pipeline.records import Agreement, Claim, Entity, Mention, Span
from pipeline.store.streams import Annotated


class Mark(NamedTuple):
    """One record with the places that name it."""

    kind: Literal["entity", "agreement", "claim"]
    record: Entity | Agreement | Claim
    label: str  #: its type or kind, as a person corrected it
    spans: tuple[Span, ...]
    review: Review | None
    corrected: dict[str, Any]  #: a person's values of its fields


def find_marks(annotated: Annotated, *, with_rejected: bool = False) -> Iterator[Mark]:
    """The records of an article, kind by kind in the order of the text; pronouns are no places that name an entity.

    Args:
        annotated: the article.
        with_rejected: also those that a person said are wrong.
    """
    found = annotated.extraction
    for entity in found.entities:
        yield from _mark(annotated, "entity", entity, entity.mentions, with_rejected=with_rejected)
    for agreement in found.agreements:
        yield from _mark(annotated, "agreement", agreement, agreement.mentions, with_rejected=with_rejected)
    for claim in found.claims:
        yield from _mark(annotated, "claim", claim, claim.content, with_rejected=with_rejected)


def _mark(
    annotated: Annotated,
    kind: Literal["entity", "agreement", "claim"],
    record: Entity | Agreement | Claim,
    spans: Sequence[Span],
    *,
    with_rejected: bool,
) -> Iterator[Mark]:
    standing = annotated.standing.get(record.id)
    review = standing.review if standing else None
    corrected = dict(standing.fields) if standing else {}
    spans = tuple(_leave_pronouns(_correct(annotated.text, kind, spans, corrected)))
    if spans and (with_rejected or review is not Review.REJECT):
        field = "kind" if isinstance(record, Agreement) else "type"
        yield Mark(kind, record, str(corrected.get(field, getattr(record, field))), spans, review, corrected)


def _correct(text: str, kind: str, spans: Sequence[Span], corrected: Mapping[str, Any]) -> Iterator[Span]:
    """The places as a person left them, found again where the text has changed since."""
    given = corrected.get("content" if kind == "claim" else "mentions")
    if given is None:
        yield from spans
    else:
        made = (Mention.model_validate_json(json.dumps(each)) for each in given)
        yield from (found for each in made if (found := find_again(text, each)) is not None)


def _leave_pronouns(spans: Iterable[Span]) -> Iterator[Span]:
    return (each for each in spans if not isinstance(each, Mention) or MentionFlag.PRONOUN not in each.flags)
