"""What is to be reviewed, in the order in which a look is worth most; read off an index, however much there is.

The table behind it is kept by the database itself (:mod:`pipeline.store.review_tables`): a record enters when its article is
saved, and its place says what was decided of it. A page goes on after the last record of the one before, wherever that stands
by now.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, lateral, literal, or_, select, tuple_, union_all

from pipeline.enumerations import Queue, Review
from pipeline.errors import InputError
from pipeline.store import schema
from pipeline.store.queue_items import load_items
from pipeline.store.queue_rows import QueueFilter, QueueItem
from pipeline.store.store import Store

_ITEM = schema.review_item


class _Place(NamedTuple):
    """Where an item stands in its list."""

    rank: float
    record_id: str
    day: str
    article_id: str


def load_queue(store: Store, wanted: QueueFilter | None = None) -> list[QueueItem]:
    """What is to be reviewed, the most doubtful first; of one theme the articles one by one, the youngest first.

    ``after`` names the record after which to go on, whatever was decided of it meanwhile; one that is there no more (its
    article was read anew) leads to the beginning.

    Raises:
        InputError: rows of the register are asked for by what only records of one article have.
    """
    wanted = wanted or QueueFilter()
    _check(wanted)
    with store.read() as connection:
        place = _find_place(connection, wanted.after) if wanted.after else None
        select_ids = _select_of_theme if wanted.theme else _select_ids
        ids = [row.record_id for row in connection.execute(select_ids(wanted, place))]
        return load_items(connection, ids)


def load_names(store: Store, column: str, *, limit: int = 200) -> list[str]:
    """The publishers or sources of what is to be reviewed, in the order of their names: each is one look into an index.

    Args:
        store: the open store.
        column: ``publisher`` or ``source``.
        limit: more than a person chooses from are not looked for.
    """
    name = _ITEM.c[column]
    first = select(name).where(_ITEM.c.review.is_(None), name.is_not(None)).order_by(name).limit(1)
    names = select(first.scalar_subquery().label("name")).cte("names", recursive=True)
    following = first.where(name > names.c.name).correlate(names).scalar_subquery()
    names = names.union_all(select(following).where(names.c.name.is_not(None)))
    query = select(names.c.name).where(names.c.name.is_not(None)).limit(limit)
    with store.read() as connection:
        return list(connection.execute(query).scalars())


def _check(wanted: QueueFilter) -> None:
    if wanted.queue is Queue.DISPUTED and any((wanted.kind, wanted.publisher, wanted.source, wanted.theme)):
        raise InputError(
            "Rows that articles disagree on are of no one kind, publisher, source or theme: ask for them alone."
        )


def _find_place(connection: Connection, record_id: str) -> _Place | None:
    theme = schema.theme_article
    query = (
        select(_ITEM.c.rank, _ITEM.c.record_id, theme.c.day, _ITEM.c.article_id)
        .outerjoin(theme, theme.c.article_id == _ITEM.c.article_id)
        .where(_ITEM.c.record_id == record_id)
    )
    row = connection.execute(query).first()
    return _Place(row[0], row[1], row[2] or "", row[3] or "") if row else None


def _kinds(wanted: QueueFilter) -> Sequence[str]:
    if wanted.queue is Queue.DISPUTED:
        return ("row",)
    if wanted.kind:
        return (wanted.kind,)
    return ("agreement", "claim") if wanted.queue is Queue.DOUBTFUL else ("agreement", "claim", "row")


def _conditions(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    state: dict[Queue, ColumnElement[bool]] = {
        Queue.DOUBTFUL: _ITEM.c.review.is_(None),
        Queue.DISPUTED: _ITEM.c.review.is_(None),
        Queue.UNSURE: _ITEM.c.review == Review.UNSURE.value,
        Queue.REOPENED: _ITEM.c.is_reopened,
    }
    conditions = [state[wanted.queue]]
    if wanted.publisher:
        conditions.append(_ITEM.c.publisher == wanted.publisher)
    if wanted.source:
        conditions.append(_ITEM.c.source == wanted.source)
    return conditions


def _select_ids(wanted: QueueFilter, place: _Place | None) -> Select[Any]:
    """The first of each kind, and of these the first: a list of all kinds needs no index of its own."""
    order = (_ITEM.c.rank, _ITEM.c.record_id)
    conditions = _conditions(wanted)
    if place is not None:
        conditions.append(tuple_(*order) > tuple_(literal(place.rank), literal(place.record_id)))
    parts = [
        select(*order).where(_ITEM.c.kind == kind, *conditions).order_by(*order).limit(wanted.limit)
        for kind in _kinds(wanted)
    ]
    merged = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(merged).order_by(merged.c.rank, merged.c.record_id).limit(wanted.limit)


def _select_of_theme(wanted: QueueFilter, place: _Place | None) -> Select[Any]:
    """Article by article, as an index leads: a theme of thousands is left after the first few that have something to review."""
    theme = schema.theme_article
    day = func.coalesce(theme.c.day, "")
    articles = select(theme.c.article_id, day.label("day")).where(theme.c.theme_id == wanted.theme)
    if place is not None:
        articles = articles.where(or_(day < place.day, and_(day == place.day, theme.c.article_id >= place.article_id)))
    listed = articles.order_by(day.desc(), theme.c.article_id).subquery()
    items = lateral(
        select(_ITEM.c.rank, _ITEM.c.record_id)
        .where(_ITEM.c.article_id == listed.c.article_id, _ITEM.c.kind.in_(_kinds(wanted)), *_conditions(wanted))
        .where(*_is_later(listed.c.article_id, place))
    )
    query = select(items.c.rank, items.c.record_id).select_from(listed).join(items, literal(value=True))
    return query.order_by(listed.c.day.desc(), listed.c.article_id, items.c.rank, items.c.record_id).limit(wanted.limit)


def _is_later(article_id: ColumnElement[str], place: _Place | None) -> list[ColumnElement[bool]]:
    if place is None:
        return []
    is_below = tuple_(_ITEM.c.rank, _ITEM.c.record_id) > tuple_(literal(place.rank), literal(place.record_id))
    return [or_(article_id != place.article_id, is_below)]


def load_item(store: Store, record_id: str) -> QueueItem | None:
    """One record as a queue shows it, whether it is in one or not; None where it is there no more."""
    with store.read() as connection:
        return next(iter(load_items(connection, [record_id])), None)


def load_theme_names(store: Store, *, limit: int = 100) -> list[tuple[str, str]]:
    """The largest themes there are now, by their names: id and label."""
    theme = schema.theme
    largest = select(theme.c.id, theme.c.label).where(theme.c.is_current).order_by(theme.c.size.desc()).limit(limit)
    with store.read() as connection:
        return sorted(((row[0], row[1]) for row in connection.execute(largest)), key=lambda each: (each[1], each[0]))


def load_queue_items(store: Store, record_ids: Sequence[str]) -> list[QueueItem]:
    """These records as a queue shows them, in this order; what is there no more is left out."""
    with store.read() as connection:
        return load_items(connection, record_ids)
