"""What is counted of actors, brought up by what a batch of links changed: a new article costs the same in any store."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, case, cast, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as put
from sqlalchemy.types import Text, TypeEngine

from pipeline.store import schema
from pipeline.store.columns import UTC_TIME


class Move(NamedTuple):
    """An entity's place, left or taken."""

    entity_id: str
    base_id: str
    actor_id: str
    article_id: str
    mentions: int
    first_seen: datetime


class _Change(NamedTuple):
    """What a batch adds to what is counted of one actor."""

    actor_id: str
    articles: int
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None


def count_keys(
    connection: Connection, *, gone: Iterable[tuple[str, str]], come: Mapping[tuple[str, str], tuple[str, str]]
) -> None:
    """Bring up by how many entities actors are found by what.

    Args:
        connection: of the batch.
        gone: (key, actor) of each link that is no more.
        come: the (actor, words) of each link that is new, by (entity, key).
    """
    key = schema.actor_key
    changes = Counter((name, actor_id) for (_, name), (actor_id, _) in come.items())
    changes.subtract(gone)
    texts = {(name, actor_id): text for (_, name), (actor_id, text) in come.items()}
    rows = [
        {"key": name, "actor_id": actor_id, "text": texts.get((name, actor_id), ""), "uses": number}
        for (name, actor_id), number in sorted(changes.items())
        if number
    ]
    if not rows:
        return
    save = put(key)
    save = save.on_conflict_do_update(
        index_elements=["key", "actor_id"], set_={"uses": key.c.uses + save.excluded.uses}
    )
    connection.execute(save, rows)
    connection.execute(delete(key).where(key.c.actor_id.in_({row["actor_id"] for row in rows}), key.c.uses <= 0))


def count_totals(connection: Connection, gone: Sequence[Move], come: Sequence[Move]) -> None:
    """Bring up in how many articles, and how often, each actor is named, since when and until when.

    An actor that nobody is linked to any more leads on to where the last one went, as long as it is so.
    """
    articles: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    seen: dict[str, list[datetime]] = defaultdict(list)
    for sign, moves in ((-1, gone), (1, come)):
        for actor_id, _ in {(each.actor_id, each.article_id) for each in moves}:
            articles[actor_id] += sign
        for each in moves:
            mentions[each.actor_id] += sign * each.mentions
    for each in come:
        seen[each.actor_id].append(each.first_seen)
    changes = [
        _Change(
            each,
            articles[each],
            mentions[each],
            min(seen[each], default=None),
            max(seen[each], default=None),
        )
        for each in sorted(articles)
    ]
    if changes:
        _add(connection, changes)
        _lead_on(connection, gone, come)


def recount(connection: Connection, actor_ids: Collection[str]) -> None:
    """Count anew what a person joined or took apart: as costly as they are large, and rare."""
    actor, link = schema.actor, schema.actor_link
    for actor_id in sorted(actor_ids):
        counted = select(
            func.count(link.c.article_id.distinct()),
            func.coalesce(func.sum(link.c.mentions), 0),
            func.min(link.c.first_seen),
            func.max(link.c.first_seen),
        ).where(link.c.actor_id == actor_id)
        articles, mentions, first_seen, last_seen = connection.execute(counted).one()
        times = {"first_seen": first_seen, "last_seen": last_seen} if articles else {}
        values = {"articles": articles, "mentions": mentions, **_find_days(), **times}
        connection.execute(update(actor).where(actor.c.id == actor_id).values(values))


def _add(connection: Connection, changes: Sequence[_Change]) -> None:
    actor = schema.actor
    sorts: tuple[TypeEngine[Any], ...] = (Text(), Integer(), Integer(), UTC_TIME, UTC_TIME)
    arrays = zip(zip(*changes, strict=True), sorts, strict=True)
    columns = [cast(literal(list(each), ARRAY(sort)), ARRAY(sort)) for each, sort in arrays]
    change = func.unnest(*columns).table_valued(*_Change._fields).render_derived(name="change")
    was_empty = actor.c.articles == 0
    values: dict[str, Any] = {
        "articles": actor.c.articles + change.c.articles,
        "mentions": actor.c.mentions + change.c.mentions,
        # LEAST and GREATEST pass over what is NULL.
        "first_seen": func.least(case((was_empty, None), else_=actor.c.first_seen), change.c.first_seen),
        "last_seen": func.greatest(case((was_empty, None), else_=actor.c.last_seen), change.c.last_seen),
        **_find_days(),
    }
    connection.execute(update(actor).where(actor.c.id == change.c.actor_id).values(values))


def _find_days() -> dict[str, Any]:
    """The first and last day of publication, from the index."""
    link = schema.actor_link
    days = {"first_published": func.min(link.c.published), "last_published": func.max(link.c.published)}
    return {
        name: select(day).where(link.c.actor_id == schema.actor.c.id).correlate(schema.actor).scalar_subquery()
        for name, day in days.items()
    }


def _lead_on(connection: Connection, gone: Sequence[Move], come: Sequence[Move]) -> None:
    actor, taken = schema.actor, {each.entity_id: each.base_id for each in come}
    leads = {each.base_id: taken[each.entity_id] for each in gone if each.entity_id in taken}
    for old_id, new_id in sorted(leads.items()):
        if old_id != new_id:
            is_left = ~select(1).where(schema.actor_link.c.base_id == old_id).exists()
            connection.execute(update(actor).where(actor.c.id == old_id, is_left).values(moved_to=new_id))
    ids = set(taken.values())
    connection.execute(update(actor).where(actor.c.id.in_(ids), actor.c.moved_to.is_not(None)).values(moved_to=None))
