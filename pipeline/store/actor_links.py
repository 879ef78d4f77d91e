"""What linking entities needs of the store, and where it leaves what it found; all in the transaction of one batch.

Batches take turns. What is counted (of keys, articles, mentions) is brought up by what a batch changed, never counted anew.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, cast, delete, func, insert, literal, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as put
from sqlalchemy.types import Text

from pipeline.enumerations import Review
from pipeline.records import Entity, normalise
from pipeline.store import schema
from pipeline.store.actor_counts import Move, count_keys, count_totals
from pipeline.store.locks import lock_register
from pipeline.store.queries import is_current, is_current_revision, is_one_of
from pipeline.store.standing import load_standing
from pipeline.store.store import now

# Of actors that share a key; two are enough to be in doubt, and the most used come first.
_MOST_CLAIMANTS = 9
_MOST_TRAITS = 20  # links that are asked what is said of a person


class Named(NamedTuple):
    """An article that is due, and what it names now."""

    article_id: str
    published: str | None
    text: str
    entities: tuple[Entity, ...]  #: as a person corrected them; those that were rejected are left out
    names: Mapping[str, str]  #: compared name -> the entity that bears it within the article
    first_seen: Mapping[str, datetime]  #: when each entity came in first


class OldLink(NamedTuple):
    """Where an entity stood until now."""

    entity_id: str
    article_id: str
    base_id: str
    actor_id: str
    keys: list[str]
    mentions: int
    reason: str
    first_seen: datetime
    linked_at: datetime


class Known(NamedTuple):
    """What is known of one actor that entities of a batch may be."""

    keys: dict[str, int]
    traits: list[str]


class NewLink(NamedTuple):
    """Where an entity stands from now on."""

    entity: Entity
    named: Named
    base_id: str
    names: Mapping[str, str]  #: keys with their words
    traits: tuple[str, ...]
    reason: str
    score: float


def take_due(connection: Connection, *, articles: int, others: int) -> list[str]:
    """Ids of articles (ar-), rows (rw-) and actors (ac-) that are due, the longest waiting first, so many at most.

    They are not due any more if the batch succeeds; another batch waits here until this transaction is over.
    """
    todo = schema.actor_todo
    lock_register(connection)
    is_article = todo.c.id.startswith("ar-")
    ids: list[str] = []
    for is_wanted, limit in ((is_article, articles), (~is_article, others)):
        query = select(todo.c.id).where(is_wanted).order_by(todo.c.added_at, todo.c.id).limit(limit)
        ids.extend(connection.execute(query).scalars())
    connection.execute(delete(todo).where(is_one_of(todo.c.id, ids)))
    return ids


def load_named(connection: Connection, article_ids: Collection[str]) -> list[Named]:
    """What these articles name now, in the order of the ids."""
    entity, article, revision = schema.entity, schema.article, schema.revision
    query = select(entity.c.article_id, entity.c.record, entity.c.first_seen)
    query = query.where(is_current(entity), is_one_of(article.c.id, article_ids)).order_by(entity.c.position)
    found = list(connection.execute(query))
    standing = load_standing(connection, [record["id"] for _, record, _ in found])
    entities: dict[str, list[Entity]] = defaultdict(list)
    seen: dict[str, dict[str, datetime]] = defaultdict(dict)
    called: dict[str, dict[str, str]] = defaultdict(dict)  # by the names that parties and speakers bear in the records
    for article_id, record, first_seen in found:
        said = standing.get(record["id"])
        if said is None or said.review is not Review.REJECT:
            entities[article_id].append(_correct(record, said.fields if said else {}))
            seen[article_id][record["id"]] = first_seen
            called[article_id].setdefault(normalise(record["canonical"]), record["id"])
    facts = select(article.c.id, revision.c.published, revision.c.text)
    facts = facts.where(is_current_revision(), is_one_of(article.c.id, article_ids)).order_by(article.c.id)
    return [
        Named(each, published, text, tuple(entities[each]), _add_aliases(called[each], entities[each]), seen[each])
        for each, published, text in connection.execute(facts)
    ]


def load_old_links(connection: Connection, article_ids: Collection[str]) -> list[OldLink]:
    """Where the entities of these articles stand, also those that the articles name no more."""
    link = schema.actor_link
    columns = [link.c[name] for name in OldLink._fields]
    query = select(*columns).where(is_one_of(link.c.article_id, article_ids)).order_by(link.c.entity_id)
    return [OldLink(*row) for row in connection.execute(query)]


def load_places(connection: Connection, entity_ids: Collection[str]) -> dict[str, str]:
    """The actor that each of these entities is in, where it is in one."""
    link = schema.actor_link
    query = select(link.c.entity_id, link.c.base_id).where(is_one_of(link.c.entity_id, entity_ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def load_known(
    connection: Connection, keys: Collection[str], actor_ids: Collection[str], old: Iterable[OldLink]
) -> dict[str, Known]:
    """The actors that have one of the keys (of many, those most used), and these; without what ``old`` links brought."""
    key = schema.actor_key
    asked = (
        func.unnest(cast(literal(sorted(keys), ARRAY(Text)), ARRAY(Text)))
        .table_valued("key")
        .render_derived(name="asked")
    )
    claimants = (
        select(key.c.actor_id)
        .where(key.c.key == asked.c.key)
        .order_by(key.c.uses.desc(), key.c.actor_id)
        .limit(_MOST_CLAIMANTS)
        .lateral()
    )
    found = set(connection.execute(select(claimants.c.actor_id).select_from(asked.join(claimants, true()))).scalars())
    ids = found | set(actor_ids)
    gone = Counter((each, link.base_id) for link in old for each in link.keys)
    known = {each: Known({}, []) for each in ids}
    for name, actor_id, uses in connection.execute(
        select(key.c.key, key.c.actor_id, key.c.uses).where(is_one_of(key.c.actor_id, ids))
    ):
        if left := uses - gone[name, actor_id]:
            known[actor_id].keys[name] = left
    for actor_id, traits in _load_traits(connection, ids, {link.entity_id for link in old}):
        known[actor_id].traits.extend(traits)
    return known


def load_doubtful(connection: Connection, actor_ids: Collection[str], *, limit: int) -> list[str]:
    """Articles that name one of these actors, if they are few: what many articles say is not in doubt."""
    link, actor = schema.actor_link, schema.actor
    query = select(link.c.article_id.distinct()).where(
        link.c.base_id == actor.c.id, is_one_of(actor.c.id, actor_ids), actor.c.articles <= limit
    )
    return list(connection.execute(query).scalars())


def put_due(connection: Connection, ids: Collection[str]) -> None:
    """Have articles (or actors) looked at in a later batch."""
    if ids:
        connection.execute(put(schema.actor_todo).on_conflict_do_nothing(), [{"id": each} for each in sorted(ids)])


def save_actor_links(
    connection: Connection, article_ids: Collection[str], old: Iterable[OldLink], new: Iterable[NewLink]
) -> set[str]:
    """Put these links in place of the old ones of the same articles; returns the actors that are not as they were."""
    old, new = list(old), list(new)
    at = now()
    _found_actors(connection, new, at)
    heads = _load_heads(connection, {link.base_id for link in new})
    before = {link.entity_id: link for link in old}
    link = schema.actor_link
    connection.execute(delete(link).where(is_one_of(link.c.article_id, article_ids)))
    rows = [_to_row(each, before.get(each.entity.id), heads, at) for each in new]
    if rows:
        connection.execute(insert(link), rows)
    gone = [Move(*(getattr(each, name) for name in Move._fields)) for each in old]
    come = [Move(*(row[name] for name in Move._fields)) for row in rows]
    count_keys(
        connection,
        gone=[(key, each.base_id) for each in old for key in each.keys],
        come={(each.entity.id, key): (each.base_id, text) for each in new for key, text in each.names.items()},
    )
    count_totals(connection, gone, come)
    return {actor_id for each in (*gone, *come) for actor_id in (each.base_id, each.actor_id)}


def _correct(record: dict[str, Any], fields: dict[str, Any]) -> Entity:
    return Entity.model_validate_json(json.dumps(record | fields))


def _add_aliases(called: dict[str, str], entities: Iterable[Entity]) -> dict[str, str]:
    names = dict(called)
    for entity in entities:
        for alias in (entity.canonical, *entity.aliases):
            names.setdefault(normalise(alias), entity.id)
    return names


def _load_traits(connection: Connection, actor_ids: Collection[str], without: Collection[str]) -> list[Any]:
    actor, link = schema.actor, schema.actor_link
    said = (
        select(link.c.traits)
        .where(link.c.base_id == actor.c.id, func.cardinality(link.c.traits) > 0, link.c.entity_id.not_in(without))
        .limit(_MOST_TRAITS)
        .lateral()
    )
    query = select(actor.c.id, said.c.traits).select_from(actor.join(said, true()))
    return list(connection.execute(query.where(is_one_of(actor.c.id, actor_ids), actor.c.type == "PERSON")))


def _found_actors(connection: Connection, new: list[NewLink], at: datetime) -> None:
    founders = {each.base_id: each for each in reversed(new)}
    rows = [
        {
            "id": base_id,
            "type": each.entity.type,
            "found_type": each.entity.type,
            "canonical": each.entity.canonical,
            "words": "",
            "articles": 0,
            "mentions": 0,
            "first_seen": at,
            "last_seen": at,
        }
        for base_id, each in sorted(founders.items())
    ]
    if rows:
        connection.execute(put(schema.actor).on_conflict_do_nothing(), rows)


def _load_heads(connection: Connection, base_ids: Collection[str]) -> dict[str, str]:
    """Where each actor is shown: under itself, or under the one that a person joined it to."""
    actor = schema.actor
    query = select(actor.c.id, func.coalesce(actor.c.joined_to, actor.c.id)).where(is_one_of(actor.c.id, base_ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def _to_row(new: NewLink, old: OldLink | None, heads: Mapping[str, str], at: datetime) -> dict[str, Any]:
    is_same = old is not None and (old.base_id, old.reason) == (new.base_id, new.reason)
    return {
        "entity_id": new.entity.id,
        "article_id": new.named.article_id,
        "base_id": new.base_id,
        "actor_id": heads[new.base_id],
        "keys": sorted(new.names),
        "traits": list(new.traits),
        "mentions": len(new.entity.mentions),
        "published": new.named.published,
        "reason": new.reason,
        "score": new.score,
        "first_seen": new.named.first_seen[new.entity.id],
        "linked_at": old.linked_at if old is not None and is_same else at,
    }
