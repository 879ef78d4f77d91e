"""The review that a row of the register bears, brought up to date by itself.

To accept an observation, or to be unsure of it, changes nothing that its row says: it is not made anew for that, which would
read all that its articles say. A row of thousands of articles is reviewed as fast as one of a single article.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, cast, func, literal, literal_column, select, update
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.decisions import Decision
from pipeline.enumerations import DecisionAction, Review
from pipeline.store import schema
from pipeline.store.queries import is_one_of
from pipeline.store.standing import Standing, load_standing


def changes_no_value(made: Decision, before: Standing | None) -> bool:
    """Whether a decision leaves what the rows of the register say as it is, but for the review that they bear."""
    if made.action not in (DecisionAction.ACCEPT, DecisionAction.UNSURE):
        return False
    was = None if before is None else before.field_reviews.get(made.field) if made.field else before.review
    return was is not Review.REJECT  # what was rejected counts again


def says_other(before: Standing | None, after: Standing | None) -> bool:
    """Whether what rows say of a record follows from what is in force: other values, or one that is rejected or counts again."""
    return _weigh(before) != _weigh(after)


def _weigh(standing: Standing | None) -> tuple[dict[str, Any], bool, set[str]]:
    if standing is None:
        return {}, False, set()
    rejected = {field for field, review in standing.field_reviews.items() if review is Review.REJECT}
    return standing.fields, standing.review is Review.REJECT, rejected


def refresh_reviews(connection: Connection, row_ids: Collection[str]) -> None:
    """Have these rows bear the review of a decision on themselves, else that of their observations, none of them rejected."""
    row = schema.register_row
    own, observed = load_standing(connection, row_ids), _load_observed(connection, row_ids)
    alike: dict[Review | None, list[str]] = defaultdict(list)
    for row_id in row_ids:
        review = own[row_id].review if row_id in own else None
        alike[review or observed.get(row_id)].append(row_id)
    for review, ids in alike.items():  # fifty rows that are accepted at once are one statement
        record = func.jsonb_set(row.c.record, literal_column("'{review}'"), _to_json(review))
        changed = update(row).where(is_one_of(row.c.id, ids), row.c.review.is_distinct_from(review))
        connection.execute(changed.values(review=review, record=record))


def _to_json(review: Review | None) -> ColumnElement[Any]:
    return cast(literal(None if review is None else review.value, JSONB(none_as_null=False)), JSONB)


def _load_observed(connection: Connection, row_ids: Collection[str]) -> dict[str, Review]:
    """The review of each row by what was decided of its observations; somebody who is unsure of one is unsure of it."""
    link, standing = schema.link, schema.standing
    query = select(link.c.row_id, standing.c.action).where(
        is_one_of(link.c.row_id, row_ids), standing.c.record_id == link.c.agreement_id, standing.c.field == ""
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(query.distinct()):
        found[row.row_id].add(row.action)
    ordered = (Review.UNSURE, Review.ACCEPT)
    return {row_id: each for row_id, held in found.items() for each in reversed(ordered) if each.value in held}
