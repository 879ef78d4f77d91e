"""Rows of the register as lists show them: asked for by what is kept of each row, never put together from articles."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Row,
    Select,
    String,
    and_,
    cast,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from pipeline.enumerations import Review, Status
from pipeline.errors import NotFoundError
from pipeline.records import normalise
from pipeline.store import schema
from pipeline.store.days import first_day, last_day
from pipeline.store.filters import RegisterFilter
from pipeline.store.queries import is_current, is_one_of
from pipeline.store.register_rows import RegisterRow
from pipeline.store.store import Store
from pipeline.store.words import split_words

_ROW, _DAY = schema.register_row, schema.row_status
_DATED = _DAY.alias("dated")  # the days of a row, whichever it stands on


def load_register(store: Store, wanted: RegisterFilter | None = None) -> list[RegisterRow]:
    """Rows of the register, the most recently published first (undated ones last), then by label.

    Each carries its last few observations. With ``as_of`` they stand as a reader of that day's articles would have seen
    them, the most recently published until then first; names, kind and subject are as we know them now. With a limit, the
    next rows are those ``after`` the last of these. What a person rejected is listed only where that is asked for.

    Raises:
        NotFoundError: there is no row ``after`` which to go on.
    """
    wanted = wanted or RegisterFilter()
    query = _ordered(select_rows(wanted), wanted)
    with store.read() as connection:
        if wanted.after:
            query = query.where(_is_after(connection, wanted))
        return _read_rows(connection, query.limit(wanted.limit), wanted.as_of)


def load_rows(connection: Connection, row_ids: Collection[str], *, as_of: str | None = None) -> list[RegisterRow]:
    """These rows as lists show them, in the order of their ids; those that nothing is left in are left out."""
    query = _standing_rows(as_of).where(is_one_of(_ROW.c.id, row_ids)).order_by(_ROW.c.id)
    return _read_rows(connection, query, as_of)


def select_rows(wanted: RegisterFilter) -> Select[tuple[str]]:
    """The ids of the rows that a filter asks for, in no order; ``limit`` and ``after`` are left to the caller."""
    return _standing_rows(wanted.as_of).where(*_find_conditions(wanted), *_find_columns(wanted))


def _standing_rows(as_of: str | None) -> Select[tuple[str]]:
    query = select(_ROW.c.id).where(_ROW.c.is_shown)
    if as_of:
        query = query.join(_DAY, _DAY.c.row_id == _ROW.c.id).where(*_stands_on(as_of))
    return query


def _read_rows(connection: Connection, query: Select[Any], as_of: str | None) -> list[RegisterRow]:
    columns: list[Any] = [cast(_ROW.c.record, String), *([_DAY] if as_of else [])]
    found = connection.execute(query.with_only_columns(*columns)).all()
    rows = [RegisterRow.model_validate_json(row[0]) for row in found]
    return [_as_of(row, as_of, each) for row, each in zip(rows, found, strict=True)] if as_of else rows


def _find_columns(wanted: RegisterFilter) -> list[ColumnElement[bool]]:
    """Conditions on what a row is, by its own columns."""
    standing = _DAY if wanted.as_of else _ROW
    is_rejected = _ROW.c.review.is_not_distinct_from(Review.REJECT)
    conditions = [
        _ROW.c.id == wanted.row_id if wanted.row_id else None,
        _ROW.c.kind == wanted.kind if wanted.kind else None,
        standing.c.status == wanted.status if wanted.status else None,
        standing.c.status_date >= wanted.status_from if wanted.status_from else None,
        _is_until(standing.c.status_date, wanted.status_to) if wanted.status_to else None,
        _ROW.c.review == wanted.review if wanted.review else ~is_rejected,
        _ROW.c.name.is_not(None) if wanted.named else None,
        _ROW.c.name.is_(None) if wanted.named is False else None,
        _ROW.c.differs == wanted.differs if wanted.differs is not None else None,
        _ROW.c.confidence >= wanted.min_confidence if wanted.min_confidence else None,
    ]
    return [each for each in conditions if each is not None]


def _find_conditions(wanted: RegisterFilter) -> list[ColumnElement[bool]]:
    """Conditions on what a row is made of."""
    conditions = [
        _has_words(wanted.text) if wanted.text else None,
        _ROW.c.parties.contains([normalise(each) for each in wanted.party]) if wanted.party else None,
        _ROW.c.publishers.contains([wanted.publisher.casefold()]) if wanted.publisher else None,
        _ROW.c.authorities.contains([wanted.authority]) if wanted.authority else None,
        _ROW.c.id.in_(_select_of_article(wanted.article_id)) if wanted.article_id else None,
        _ROW.c.id.in_(_select_of_theme(wanted.theme)) if wanted.theme else None,
        _is_published(wanted) if wanted.published_from or wanted.published_to else None,
        *(_has_role(wanted, normalise(each)) for each in wanted.party if wanted.role),
        _has_role(wanted, None) if wanted.role and not wanted.party else None,
    ]
    return [each for each in conditions if each is not None]


def _has_words(text: str) -> ColumnElement[bool]:
    """Whether each word, or the beginning of one, stands in the label, a name, an alias or the subject."""
    words = split_words(text)
    if not words:
        return literal(value=False)  # nothing but signs: no row has that
    return _ROW.c.words.op("@@", is_comparison=True)(cast(" & ".join(f"'{word}':*" for word in words), TSQUERY))


def _has_role(wanted: RegisterFilter, normal: str | None) -> ColumnElement[bool]:
    party = schema.row_party
    query = select(1).where(party.c.row_id == _ROW.c.id, party.c.role == wanted.role)
    return (query.where(party.c.normal == normal) if normal else query).exists()


def _select_of_article(article_id: str) -> Select[tuple[str]]:
    agreement, link = schema.agreement, schema.link
    return select(link.c.row_id).where(
        link.c.agreement_id == agreement.c.id, is_current(agreement), schema.article.c.id == article_id
    )


def _select_of_theme(theme_id: str) -> Select[tuple[str]]:
    """Rows whose words stand in a passage of that theme."""
    member, passage, agreement, link = schema.theme_member, schema.passage, schema.agreement, schema.link
    return select(link.c.row_id).where(
        member.c.theme_id == theme_id,
        passage.c.id == member.c.member_id,
        is_current(passage),
        is_current(agreement),
        agreement.c.quote_start >= passage.c.start,
        agreement.c.quote_start < passage.c.end,
        link.c.agreement_id == agreement.c.id,
    )


def _is_published(wanted: RegisterFilter) -> ColumnElement[bool]:
    """Whether an article of the row was published in the range: its days say so, one look into an index for each row."""
    conditions = [_DATED.c.row_id == _ROW.c.id]
    if wanted.published_from:
        conditions.append(_DATED.c.from_day >= literal(first_day(wanted.published_from), Date))
    if wanted.published_to:
        conditions.append(_DATED.c.from_day <= literal(last_day(wanted.published_to), Date))
    return select(1).where(*conditions).correlate(_ROW).exists()


def _is_until(column: ColumnElement[Any], day: str) -> ColumnElement[bool]:
    """Whether a date is not after a day or its prefix: a month's prefix is within it, and 2025-07-31 within 2025-07."""
    return (
        column <= day + "~"
    )  # after every digit and hyphen: an index can be asked so, and a prefix of the date cannot


def _stands_on(day: str) -> list[ColumnElement[bool]]:
    asked = literal(last_day(day), Date)
    return [_DAY.c.from_day <= asked, or_(_DAY.c.until_day.is_(None), _DAY.c.until_day > asked)]


def _ordered(query: Select[Any], wanted: RegisterFilter) -> Select[Any]:
    first = _DAY.c.from_day if wanted.as_of else _ROW.c.last_published
    return query.order_by(first.desc(), _ROW.c.label, _ROW.c.id)


def _is_after(connection: Connection, wanted: RegisterFilter) -> ColumnElement[bool]:
    """Whether a row comes after that one in the order of the list."""
    first = _DAY.c.from_day if wanted.as_of else _ROW.c.last_published
    query = select(first, _ROW.c.label, _ROW.c.id).where(_ROW.c.id == wanted.after)
    if wanted.as_of:
        query = query.where(_DAY.c.row_id == _ROW.c.id, *_stands_on(wanted.as_of))
    if (last := connection.execute(query).first()) is None:
        raise NotFoundError(f"No row bears the id {wanted.after}, after which to go on.")
    is_below = or_(_ROW.c.label > last.label, and_(_ROW.c.label == last.label, _ROW.c.id > last.id))
    return and_(first <= last[0], or_(first < last[0], is_below))  # the first alone leads an index to the place


def _as_of(row: RegisterRow, day: str, stood: Row[Any]) -> RegisterRow:
    def is_known(published: str | None) -> bool:
        return published is not None and published[: len(day)] <= day

    parties = tuple(each for each in row.parties if is_known(each.published))
    observations = tuple(each for each in row.observations if is_known(each.published))
    return row.model_copy(
        update={
            "status": Status(stood.status) if stood.status else None,
            "status_date": stood.status_date,
            "observed": stood.observations,
            "independent": stood.independent,
            "parties": parties,
            "observations": observations,
            "last_published": max((each.published or "" for each in observations), default=stood.from_day.isoformat()),
        }
    )
