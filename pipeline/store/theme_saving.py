"""Saving what became of themes: one transaction each, that is refused where somebody else saved meanwhile."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as put

from pipeline.store import schema
from pipeline.store.queries import is_one_of
from pipeline.store.store import Store, now
from pipeline.store.theme_articles import refresh_theme_articles
from pipeline.store.theme_rows import NewEvent, NewTheme, ThemeState
from pipeline.store.theme_tracks import load_embedded_number
from pipeline.store.themes import put_themes, replace_themes, take_turns


@dataclass(frozen=True, slots=True)
class NewMember:
    """A passage or claim that joins a theme."""

    member_id: str
    theme_id: str
    is_voter: bool


@dataclass(frozen=True, slots=True)
class NewProgress:
    """What is saved of one run."""

    joined: Sequence[NewMember] = ()
    founded: Sequence[NewTheme] = ()
    waiting: Collection[str] = ()
    events: Sequence[NewEvent] = ()


def save_progress(store: Store, route: str, state: ThemeState, made: NewProgress) -> bool:
    """Save what came of a state; returns False, and saves nothing, where themes were saved since it was loaded."""
    at = now()
    with store.begin() as connection:
        take_turns(connection)
        if load_version(connection, route) != state.version:
            return False
        _join(connection, made.joined)
        put_themes(connection, [each.theme for each in made.founded], route, at)
        _save_tracks(connection, made.founded)
        _save_waiting(connection, made.waiting, {each.member_id for each in state.comers}, at)
        _save_events(connection, [*made.events, *_end_empty(connection, at)], at)
        homes = {each.article_id for each in state.comers}
        refresh_theme_articles(connection, homes | set(state.touched))
        _save_version(connection, route, state.seen_number)
    return True


def save_clustering(store: Store, route: str, made: NewProgress, *, version: int | None) -> bool:
    """Put these themes in place of all current ones; returns False where themes were saved since that version."""
    at = now()
    with store.begin() as connection:
        take_turns(connection)
        if load_version(connection, route) != version:
            return False
        replace_themes(connection, [each.theme for each in made.founded], route, at)
        _save_tracks(connection, made.founded)
        connection.execute(delete(schema.theme_waiting))
        _save_waiting(connection, made.waiting, set(), at)
        _save_events(connection, made.events, at)
        refresh_theme_articles(connection)
        _save_version(connection, route, load_embedded_number(connection, route))
    return True


def load_version(connection: Connection, route: str) -> int | None:
    """How often the themes of a route were saved; None: never."""
    table = schema.theme_route
    return connection.execute(select(table.c.version).where(table.c.route == route)).scalar()


def _join(connection: Connection, joined: Sequence[NewMember]) -> None:
    if not joined:
        return
    pairs = [{"theme_id": each.theme_id, "member_id": each.member_id} for each in joined]
    connection.execute(put(schema.theme_member).on_conflict_do_nothing(), pairs)
    theme = schema.theme
    for theme_id in sorted({each.theme_id for each in joined}):
        number = sum(each.theme_id == theme_id for each in joined)
        connection.execute(update(theme).where(theme.c.id == theme_id).values(size=theme.c.size + number))
        _save_voters(connection, theme_id, [e.member_id for e in joined if e.is_voter and e.theme_id == theme_id])


def _save_tracks(connection: Connection, founded: Sequence[NewTheme]) -> None:
    theme, voter = schema.theme, schema.theme_voter
    connection.execute(delete(voter).where(is_one_of(voter.c.theme_id, [each.theme.id for each in founded])))
    for each in founded:
        values: Mapping[str, Any] = {
            "center": each.center,
            "floor": each.floor,
            "founders": each.founders,
            "size": len(each.theme.members),
            "broad_id": each.broad_id,
        }
        connection.execute(update(theme).where(theme.c.id == each.theme.id).values(**values))
        _save_voters(connection, each.theme.id, each.voter_ids)


def _save_voters(connection: Connection, theme_id: str, member_ids: Collection[str]) -> None:
    if not member_ids:
        return
    entry = schema.search_entry
    found = select(literal(theme_id), entry.c.content_sha256).where(
        is_one_of(entry.c.record_id, member_ids), entry.c.content_sha256.is_not(None)
    )
    query = put(schema.theme_voter).from_select(["theme_id", "content_sha256"], found.distinct())
    connection.execute(query.on_conflict_do_nothing())


def _save_waiting(connection: Connection, waiting: Collection[str], seen: Collection[str], at: datetime) -> None:
    table = schema.theme_waiting
    connection.execute(delete(table).where(is_one_of(table.c.member_id, set(seen) - set(waiting))))
    rows = [{"member_id": each, "since": at} for each in sorted(waiting)]
    if rows:
        connection.execute(put(table).on_conflict_do_nothing(), rows)


def _save_events(connection: Connection, events: Sequence[NewEvent], at: datetime) -> None:
    if events:
        connection.execute(insert(schema.theme_event), [each.model_dump() | {"at": at} for each in events])


def _end_empty(connection: Connection, at: datetime) -> list[NewEvent]:
    """Themes none of whose members is there any more end; each is left at the first member that is."""
    theme, member, entry = schema.theme, schema.theme_member, schema.search_entry
    alive = select(1).where(member.c.theme_id == theme.c.id, entry.c.record_id == member.c.member_id).exists()
    ended = update(theme).where(theme.c.is_current, ~alive).values(is_current=False, saved_at=at)
    found = connection.execute(ended.returning(theme.c.id, theme.c.size)).all()
    reason = "no article says any more what its members said"
    return [
        NewEvent(fate="ended", theme_id=row.id, other_id=None, members=row.size, reason=reason)
        for row in sorted(found, key=lambda row: str(row.id))
    ]


def _save_version(connection: Connection, route: str, seen_number: int) -> None:
    table = schema.theme_route
    save = put(table).values(route=route, seen_number=seen_number, version=1)
    values = {"seen_number": func.greatest(table.c.seen_number, seen_number), "version": table.c.version + 1}
    connection.execute(save.on_conflict_do_update(index_elements=["route"], set_=values))
