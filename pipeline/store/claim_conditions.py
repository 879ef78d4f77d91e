"""What a filter of claims comes to, and the order of their list with the place after which to go on."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, literal_column, or_, select

from pipeline.enumerations import Review
from pipeline.errors import NotFoundError
from pipeline.records import normalise
from pipeline.store import schema
from pipeline.store.filters import ClaimFilter
from pipeline.store.queries import has_words, is_current, is_current_revision
from pipeline.store.search_language import parse_question
from pipeline.store.search_queries import select_claims_with

_CLAIM, _REVISION = schema.claim, schema.revision
# Undated ones last; an index of articles has it so, and no NULL stands in its way.
_day = func.coalesce(_REVISION.c.published, literal_column("''"))  # no parameter: the index is known by its words


def order_claims() -> tuple[ColumnElement[Any], ...]:
    """The youngest publication first (undated ones last), then in the order of the text."""
    return _day.desc(), _REVISION.c.article_id, _CLAIM.c.position


def find_claim_conditions(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """What a claim and its article have to be; the query must name claims, articles and their revisions."""
    conditions = [
        _CLAIM.c.confidence >= wanted.min_confidence if wanted.min_confidence else None,
        has_words(wanted.text, _CLAIM.c.content) if wanted.text else None,
        _has_words(wanted.words) if wanted.words else None,
        _CLAIM.c.speaker_normal == normalise(wanted.speaker) if wanted.speaker else None,
        has_words(wanted.about, _CLAIM.c.record["about"].astext) if wanted.about else None,
        _CLAIM.c.type == wanted.type if wanted.type else None,
        _CLAIM.c.article_id == wanted.article_id if wanted.article_id else None,
        func.lower(_REVISION.c.publisher) == wanted.publisher.lower() if wanted.publisher else None,
        # Its beginning: an index of days can be asked so.
        _day >= wanted.published_from if wanted.published_from else None,
        and_(_day <= wanted.published_to + "~", _day != "") if wanted.published_to else None,
        _is_reviewed(wanted.review) if wanted.review else None,
    ]
    return [each for each in conditions if each is not None]


def is_after_claim(connection: Connection, claim_id: str) -> ColumnElement[bool]:
    """Whether a claim comes after that one in the order of the list.

    Raises:
        NotFoundError: no current claim bears that id.
    """
    query = select(_day, _CLAIM.c.article_id, _CLAIM.c.position).where(
        is_current(_CLAIM), is_current_revision(), _CLAIM.c.id == claim_id
    )
    if (last := connection.execute(query).first()) is None:
        raise NotFoundError(f"No claim bears the id {claim_id}, after which to go on.")
    article_id = _REVISION.c.article_id
    is_below = or_(article_id > last[1], and_(article_id == last[1], _CLAIM.c.position > last[2]))
    return and_(_day <= last[0], or_(_day < last[0], is_below))  # the first alone leads an index to the place


def _has_words(words: str) -> ColumnElement[bool]:
    if not parse_question(words).groups:
        return literal(value=False)  # nothing but signs: no claim has that
    return _CLAIM.c.id.in_(select_claims_with(words))


def _is_reviewed(review: Review) -> ColumnElement[bool]:
    standing = schema.standing
    held = (standing.c.record_id == _CLAIM.c.id, standing.c.field == "", standing.c.action == review.value)
    return select(1).where(*held).exists()
