"""One theme, with what became of it and who is in it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from pipeline.errors import InputError, NotFoundError
from pipeline.store import schema
from pipeline.store.queries import only_id
from pipeline.store.rows import ThemeRow
from pipeline.store.store import Store
from pipeline.store.theme_articles import load_days, load_publishers, load_speakers
from pipeline.store.theme_rows import EventRow, ThemePage
from pipeline.store.themes import count_themes

_SHORTEST_ID = 6  # as for every command that takes an id
_MOST_EVENTS = 50  # each re-clustering makes one a theme


def load_theme(store: Store, theme_id: str) -> ThemePage:
    """All about a theme, by its id or the beginning of it; of one that is a theme no more, what became of it.

    Raises:
        NotFoundError: no theme bears it, or nothing is left of it.
        InputError: it is too short, or several begin so.
    """
    with store.begin() as connection:
        full_id = find_theme_id(connection, theme_id)
        found = {each.theme.id: each.theme for each in count_themes(connection, ids=_find_related(connection, full_id))}
        if full_id not in found:
            raise NotFoundError(f"The theme {full_id} has no members any more.")
        articles, first, last = load_days(connection, full_id)
        return ThemePage(
            theme=found.pop(full_id),
            first_published=first,
            last_published=last,
            articles=articles,
            publishers=load_publishers(connection, full_id),
            speakers=load_speakers(connection, full_id),
            related=tuple(sorted(found.values(), key=_by_size)),
            events=tuple(load_events(connection, [full_id])),
        )


def find_theme_id(connection: Connection, theme_id: str) -> str:
    """The whole id of a theme, by its beginning.

    Raises:
        NotFoundError: no theme bears it.
        InputError: it is too short, or several begin so.
    """
    if len(theme_id) < _SHORTEST_ID:
        raise InputError(f"{theme_id!r} is too short for an id: give at least {_SHORTEST_ID} characters, as in th-1a2.")
    column = schema.theme.c.id
    query = select(column).where(column.startswith(theme_id, autoescape=True)).limit(6)
    return only_id(list(connection.execute(query).scalars()), theme_id)


def load_events(connection: Connection, theme_ids: Collection[str]) -> list[EventRow]:
    """What happened to these themes, or by them to others: the newest first."""
    event = schema.theme_event
    query: Select[Any] = select(*(event.c[name] for name in EventRow.model_fields)).where(
        or_(event.c.theme_id.in_(theme_ids), event.c.other_id.in_(theme_ids))
    )
    rows = connection.execute(query.order_by(event.c.number.desc()).limit(_MOST_EVENTS)).mappings()
    return [EventRow(**row) for row in rows]


def _find_related(connection: Connection, theme_id: str) -> set[str]:
    theme = schema.theme
    broad = select(theme.c.broad_id).where(theme.c.id == theme_id).scalar_subquery()
    query = select(theme.c.id).where(theme.c.is_current, theme.c.broad_id == broad)
    return {theme_id, *connection.execute(query).scalars()}


def _by_size(row: ThemeRow) -> tuple[int, str]:
    return -row.size, row.id
