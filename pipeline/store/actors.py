"""Reading actors: the list of who and what is named over all articles, and finding one of them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select, tuple_

from pipeline.errors import NotFoundError
from pipeline.records import normalise
from pipeline.store import schema
from pipeline.store.filters import EntityFilter
from pipeline.store.queries import is_one_of, only_id
from pipeline.store.rows import EntityRow
from pipeline.store.store import Store

_MOST_NAMESAKES = 50


def load_entities(store: Store, wanted: EntityFilter | None = None) -> list[EntityRow]:
    """Actors, those in most articles first; the link job brings them up to date after every ingest.

    Words of ``text`` are beginnings of words of a name or an alias, in any order. With a limit, the next ones are those
    ``after`` the last of these.

    Raises:
        NotFoundError: there is no actor ``after`` which to go on.
    """
    wanted = wanted or EntityFilter()
    query = order_entities(select_wanted_entities(wanted)).limit(wanted.limit).offset(wanted.offset)
    with store.begin() as connection:
        if wanted.after:
            query = query.where(_is_after(connection, wanted.after))
        return [EntityRow(**row) for row in connection.execute(query).mappings()]


def find_entities(store: Store, name: str) -> list[EntityRow]:
    """Actors that bear exactly this name or alias (case and accents ignored), those in most articles first."""
    found = load_entities(store, EntityFilter(text=name, limit=_MOST_NAMESAKES))
    own = normalise(name)
    return [each for each in found if own in {normalise(known) for known in (each.canonical, *each.aliases)}]


def select_wanted_entities(wanted: EntityFilter) -> Select[Any]:
    """The actors that a filter asks for, as :class:`pipeline.store.rows.EntityRow` has them, without an order."""
    actor, link = schema.actor, schema.actor_link
    query = select(*(actor.c[name] for name in EntityRow.model_fields)).where(is_listed())
    if words := normalise(wanted.text or "").split():
        query = query.where(
            actor.c.search.op("@@")(func.to_tsquery("simple", " & ".join(f"{each}:*" for each in words)))
        )
    if wanted.type:
        query = query.where(actor.c.type == wanted.type)
    if wanted.article_id:
        named = select(link.c.actor_id).where(link.c.article_id == wanted.article_id)
        query = query.where(actor.c.id.in_(named))
    return query


def order_entities(query: Select[Any]) -> Select[Any]:
    """The same in the order of the list: those in most articles first, then by name."""
    actor = schema.actor
    return query.order_by(actor.c.articles.desc(), actor.c.canonical, actor.c.id)


def is_listed() -> ColumnElement[bool]:
    """Whether an actor is shown: some article names it, it is joined to none, and nobody rejected it."""
    actor = schema.actor
    return (actor.c.articles > 0) & actor.c.joined_to.is_(None) & ~actor.c.is_rejected


def resolve_actor(connection: Connection, actor_id: str) -> str:
    """The id under which an actor is shown, by its own, by an unambiguous beginning, or by one that leads there.

    Raises:
        NotFoundError: nothing bears that id, or no article names it any more.
        InputError: several ids begin like that.
    """
    column = schema.actor.c.id
    found = list(connection.execute(select(column).where(column == actor_id)).scalars())
    if not found:
        begin = select(column).where(column.startswith(actor_id, autoescape=True)).limit(6)
        found = list(connection.execute(begin).scalars())
    full_id, passed = only_id(found, actor_id), set[str]()
    while full_id not in passed:  # two that lead to each other are nobody
        passed.add(full_id)
        articles, joined_to, moved_to = _load_place(connection, full_id)
        if joined_to is None and articles:
            return full_id
        full_id = joined_to or moved_to or full_id
    raise NotFoundError(f"No article names {actor_id} any more.")


def load_actor_rows(connection: Connection, actor_ids: Collection[str]) -> dict[str, EntityRow]:
    """These actors by their ids, listed or not."""
    actor = schema.actor
    query = select(*(actor.c[name] for name in EntityRow.model_fields)).where(is_one_of(actor.c.id, actor_ids))
    return {row["id"]: EntityRow(**row) for row in connection.execute(query).mappings()}


def _is_after(connection: Connection, actor_id: str) -> ColumnElement[bool]:
    """Whether an actor comes after that one in the order of the list."""
    actor = schema.actor
    query = select(actor.c.articles, actor.c.canonical, actor.c.id).where(actor.c.id == actor_id)
    if (last := connection.execute(query).first()) is None:
        raise NotFoundError(f"No actor bears the id {actor_id}, after which to go on.")
    is_below = tuple_(actor.c.canonical, actor.c.id) > tuple_(literal(last.canonical), literal(last.id))
    return and_(actor.c.articles <= last.articles, or_(actor.c.articles < last.articles, is_below))


def _load_place(connection: Connection, actor_id: str) -> tuple[int, str | None, str | None]:
    actor = schema.actor
    query = select(actor.c.articles, actor.c.joined_to, actor.c.moved_to).where(actor.c.id == actor_id)
    articles, joined_to, moved_to = connection.execute(query).one()
    return articles, joined_to, moved_to
