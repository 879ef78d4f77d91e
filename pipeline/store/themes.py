"""Themes and their members."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Subquery, Text, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from pipeline.enumerations import DecisionAction
from pipeline.records import Theme
from pipeline.store import schema
from pipeline.store.duplicates import is_repetition
from pipeline.store.members import load_members_by_id, select_members
from pipeline.store.rows import MemberRow, ThemeCount, ThemeRow
from pipeline.store.standing import is_rejected
from pipeline.store.store import Store, now


def save_themes(store: Store, themes: Sequence[Theme], route: str) -> int:
    """Put these themes in place of the current ones, in one transaction; returns how many ids are new.

    A theme that keeps its id keeps its ``first_seen``. Themes that are gone are kept aside, so that an id in an old
    brief can still be looked up.
    """
    with store.begin() as connection:
        take_turns(connection)
        known = set(connection.execute(select(schema.theme.c.id)).scalars())
        replace_themes(connection, themes, route, now())
    return len({each.id for each in themes} - known)


def take_turns(connection: Connection) -> None:
    """Have other jobs that save themes wait until this transaction ends."""
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("themes", 0))))


def replace_themes(connection: Connection, themes: Sequence[Theme], route: str, at: datetime) -> None:
    """Put these themes in place of the current ones, in the caller's transaction."""
    theme, member = schema.theme, schema.theme_member
    connection.execute(update(theme).where(theme.c.is_current).values(is_current=False))
    connection.execute(delete(member).where(member.c.theme_id.in_([each.id for each in themes])))
    put_themes(connection, themes, route, at)


def put_themes(connection: Connection, themes: Sequence[Theme], route: str, at: datetime) -> None:
    """Save themes with their members, beside those there are."""
    if not themes:
        return
    put = insert(schema.theme)
    names = ("route", "label", "terms", "exemplars", "is_current", "saved_at")
    put = put.on_conflict_do_update(index_elements=["id"], set_={name: put.excluded[name] for name in names})
    connection.execute(put, [_values(each, route, at) for each in themes])
    pairs = [{"theme_id": each.id, "member_id": member_id} for each in themes for member_id in each.members]
    connection.execute(insert(schema.theme_member).on_conflict_do_nothing(), pairs)


def load_themes(store: Store) -> list[ThemeRow]:
    """Current themes, the largest first."""
    with store.begin() as connection:
        return [each.theme for each in count_themes(connection)]


def count_themes(
    connection: Connection, *, since: datetime | None = None, ids: Collection[str] | None = None
) -> list[ThemeCount]:
    """Themes with how much of them came in since a time stamp (none: now), largest first.

    The current ones, or those asked for by their ids. Members that are current no more (of an older revision) are
    not counted, nor are those of copies and parts of other articles: a statement that ten media print is one.
    """
    theme = schema.theme
    counts = _count_members(since or now())
    columns = (theme.c.id, theme.c.terms, theme.c.exemplars, theme.c.first_seen, theme.c.broad_id)
    name = _select_name(theme.c.id)
    query = select(*columns, func.coalesce(name, theme.c.label).label("label"), name.label("name"), counts).where(
        theme.c.id == counts.c.theme_id,
        theme.c.is_current & ~is_rejected(theme.c.id) if ids is None else theme.c.id.in_(ids),
    )
    rows = connection.execute(query.order_by(counts.c.size.desc(), theme.c.id)).mappings().all()
    exemplars = load_members_by_id(connection, {each for row in rows for each in row["exemplars"]})
    return [_make_count(row, exemplars) for row in rows]


def _count_members(since: datetime) -> Subquery:
    members, link = select_members().subquery(), schema.theme_member
    is_recent = members.c.first_seen >= since
    return (
        select(
            link.c.theme_id,
            func.count().label("size"),
            func.count(members.c.article_id.distinct()).label("articles"),
            func.max(members.c.first_seen).label("last_seen"),
            func.count().filter(is_recent).label("recent"),
            func.count(members.c.article_id.distinct()).filter(is_recent).label("recent_articles"),
        )
        .where(link.c.member_id == members.c.id, ~is_repetition(members.c.article_id))
        .group_by(link.c.theme_id)
        .subquery()
    )


def _select_name(theme_id: ColumnElement[str]) -> ColumnElement[Any]:
    """The name that a person gave a theme, NULL where nobody did."""
    standing = schema.standing
    conditions = (
        standing.c.record_id == theme_id,
        standing.c.field == "label",
        standing.c.action == DecisionAction.CORRECT.value,
    )
    return select(standing.c.value.op("#>>")(literal([], ARRAY(Text)))).where(*conditions).scalar_subquery()


def _make_count(row: RowMapping, exemplars: dict[str, MemberRow]) -> ThemeCount:
    theme = ThemeRow(
        id=row["id"],
        label=row["label"],
        terms=tuple(row["terms"]),
        size=row["size"],
        articles=row["articles"],
        exemplars=tuple(exemplars[each] for each in row["exemplars"] if each in exemplars),
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        broad_id=row["broad_id"],
        is_named=row["name"] is not None,
    )
    recent = row["recent"]
    return ThemeCount(theme=theme, recent=recent, recent_articles=row["recent_articles"], before=theme.size - recent)


def _values(theme: Theme, route: str, at: datetime) -> dict[str, Any]:
    return {
        "id": theme.id,
        "route": route,
        "label": theme.label,
        "terms": list(theme.terms),
        "exemplars": list(theme.exemplars),
        "is_current": True,
        "first_seen": at,
        "saved_at": at,
    }
