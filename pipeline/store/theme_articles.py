"""Which theme an article is of: that of most of its passages; counted by week and month of publication."""

from collections.abc import Collection
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select
from sqlalchemy import cast as as_type
from sqlalchemy.types import Text

from pipeline.records import AUTHOR
from pipeline.store import schema
from pipeline.store.duplicates import is_repetition
from pipeline.store.queries import is_current, is_one_of
from pipeline.store.store import Store
from pipeline.store.theme_rows import CountRow, PeriodRow

Unit = Literal["week", "month"]

_LENGTHS: dict[Unit, int] = {"week": 10, "month": 7}  # of the dates that say as much
_MOST_NAMES = 10  # publishers and speakers: what a reader takes in


def refresh_theme_articles(connection: Connection, article_ids: Collection[str] | None = None) -> None:
    """Find the themes of these articles anew, or of all; an article none of whose passages has a theme is of none."""
    table, member, theme, entry = schema.theme_article, schema.theme_member, schema.theme, schema.search_entry
    gone, passages = delete(table), [entry.c.kind == "passage"]
    if article_ids is not None:
        gone = gone.where(is_one_of(table.c.article_id, article_ids))
        passages.append(is_one_of(entry.c.article_id, article_ids))
    current = select(member.c.member_id, member.c.theme_id).join(
        theme, (theme.c.id == member.c.theme_id) & theme.c.is_current
    )
    at_home = current.subquery()
    counted = (
        select(
            entry.c.article_id, at_home.c.theme_id, func.max(entry.c.day).label("day"), func.count().label("passages")
        )
        .select_from(entry)
        .outerjoin(at_home, at_home.c.member_id == entry.c.record_id)
        .where(*passages)
        .group_by(entry.c.article_id, at_home.c.theme_id)
        .subquery()
    )
    order = (counted.c.article_id, counted.c.theme_id.is_(None), counted.c.passages.desc(), counted.c.theme_id)
    chosen = select(counted.c.article_id, counted.c.theme_id, counted.c.day).distinct(counted.c.article_id)
    connection.execute(gone)
    connection.execute(insert(table).from_select(["article_id", "theme_id", "day"], chosen.order_by(*order)))


def load_article_themes(store: Store, article_ids: Collection[str]) -> dict[str, str]:
    """The theme of each of these articles, by its id; one that is of none is left out."""
    table = schema.theme_article
    query = select(table.c.article_id, table.c.theme_id).where(
        is_one_of(table.c.article_id, article_ids), table.c.theme_id.is_not(None)
    )
    with store.begin() as connection:
        return {row.article_id: row.theme_id for row in connection.execute(query)}


def load_newest_day(store: Store) -> str | None:
    """The day on which the newest article was published, of those that say a day."""
    table = schema.theme_article
    query = select(table.c.day).where(func.length(table.c.day) == _LENGTHS["week"]).order_by(table.c.day.desc())
    with store.begin() as connection:
        return connection.execute(query.limit(1)).scalar()


def load_periods(store: Store, unit: Unit, *, since: str, until: str) -> list[PeriodRow]:
    """Articles of each theme in each week or month from one day to another, both included; those without any are left out.

    Articles that repeat others are not counted, nor those whose date says too little (2025 is in no week).
    """
    table = schema.theme_article
    period = _find_period(unit, table.c.day).label("period")
    query = (
        select(period, table.c.theme_id, func.count().label("articles"))
        .where(
            table.c.day >= since[: _LENGTHS[unit]],
            func.left(table.c.day, len(until)) <= until,
            func.length(table.c.day) >= _LENGTHS[unit],
            ~is_repetition(table.c.article_id),
        )
        .group_by(period, table.c.theme_id)
        .order_by(period, table.c.theme_id)
    )
    with store.begin() as connection:
        return [PeriodRow(**row) for row in connection.execute(query).mappings()]


def load_publishers(connection: Connection, theme_id: str) -> tuple[CountRow, ...]:
    """Who published most of a theme's articles."""
    table, revision, article = schema.theme_article, schema.revision, schema.article
    query = select(revision.c.publisher.label("name"), func.count().label("count")).where(
        table.c.theme_id == theme_id,
        article.c.id == table.c.article_id,
        revision.c.article_id == article.c.id,
        revision.c.revision == article.c.revision,
        revision.c.publisher.is_not(None),
    )
    return _load_counts(connection, query.group_by(revision.c.publisher))


def load_speakers(connection: Connection, theme_id: str) -> tuple[CountRow, ...]:
    """Who speaks in most of a theme's claims; authors in their own voice are left out."""
    member, claim = schema.theme_member, schema.claim
    query = select(claim.c.speaker.label("name"), func.count().label("count")).where(
        member.c.theme_id == theme_id,
        claim.c.id == member.c.member_id,
        is_current(claim),
        claim.c.speaker.is_not(None),
        claim.c.speaker != AUTHOR,
    )
    return _load_counts(connection, query.group_by(claim.c.speaker))


def load_days(connection: Connection, theme_id: str) -> tuple[int, str | None, str | None]:
    """How many articles are of a theme, and the days on which the first and the last of them were published."""
    table = schema.theme_article
    query = select(func.count(), func.min(table.c.day), func.max(table.c.day)).where(
        table.c.theme_id == theme_id, ~is_repetition(table.c.article_id)
    )
    number, first, last = connection.execute(query).one()
    return number, first, last


def _load_counts(connection: Connection, query: Select[Any]) -> tuple[CountRow, ...]:
    ordered = query.order_by(func.count().desc(), "name").limit(_MOST_NAMES)
    return tuple(CountRow(**row) for row in connection.execute(ordered).mappings())


def _find_period(unit: Unit, day: ColumnElement[Any]) -> ColumnElement[Any]:
    if unit == "month":
        return func.left(day, 7)
    monday = func.date_trunc("week", func.to_date(day, "YYYY-MM-DD"))
    return as_type(func.to_char(monday, "YYYY-MM-DD"), Text)
