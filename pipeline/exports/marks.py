"""What is extracted from an article as marked places in its text: the form that annotation tools share."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pipeline.enumerations import MentionFlag, Review
from pipeline.records import Agreement, Claim, Entity, Span
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
        named = tuple(each for each in entity.mentions if MentionFlag.PRONOUN not in each.flags)
        yield from _mark(annotated, "entity", entity, named, with_rejected=with_rejected)
    for agreement in found.agreements:
        yield from _mark(annotated, "agreement", agreement, agreement.mentions, with_rejected=with_rejected)
    for claim in found.claims:
        yield from _mark(annotated, "claim", claim, claim.content, with_rejected=with_rejected)


def _mark(
    annotated: Annotated,
    kind: Literal["entity", "agreement", "claim"],
    record: Entity | Agreement | Claim,
    spans: tuple[Span, ...],
    *,
    with_rejected: bool,
) -> Iterator[Mark]:
    standing = annotated.standing.get(record.id)
    review = standing.review if standing else None
    corrected = dict(standing.fields) if standing else {}
    if spans and (with_rejected or review is not Review.REJECT):
        field = "kind" if isinstance(record, Agreement) else "type"
        yield Mark(kind, record, str(corrected.get(field, getattr(record, field))), spans, review, corrected)
