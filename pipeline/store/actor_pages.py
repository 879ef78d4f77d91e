"""The page of one actor: where it is named, what it is party to and with whom, what it says and what is said of it.

Every query goes through an index by the actor's id: a page costs what the actor is named, whatever else is in the store.
"""

from typing import Any

from sqlalchemy import Connection, String, cast, func, select

from pipeline.enumerations import PartyRole
from pipeline.records import Entity, Span
from pipeline.store import schema
from pipeline.store.actor_rows import ActorPage, ClaimCount, CoParty, FoundActor, NamedRow, PartyTo, RoleCount
from pipeline.store.actors import load_actor_rows, resolve_actor
from pipeline.store.articles import load_texts
from pipeline.store.queries import is_current, is_current_revision
from pipeline.store.records import make_claim_row, select_claims
from pipeline.store.rows import ClaimRow
from pipeline.store.store import Store


def load_actor(store: Store, actor_id: str, *, size: int = 20, page: int = 1) -> FoundActor:
    """The page of an actor by its id, an unambiguous beginning of it, or the id it had before it was joined to another.

    Raises:
        NotFoundError: nothing bears that id, or no article names it any more.
        InputError: several ids begin like that.
    """
    with store.read() as connection:
        full_id = resolve_actor(connection, actor_id)
        found = _load_page(connection, full_id, size, page)
        quoted = [article_id for article_id, _ in quoted_words(found)]
        texts = load_texts(connection, list(dict.fromkeys(quoted)))
    return FoundActor(id=full_id, record=found, articles=tuple(texts))


def load_actor_page(store: Store, actor_id: str, *, size: int = 20, page: int = 1) -> ActorPage:
    """The same without the texts, for who needs a few words of them alone (:func:`quoted_words`).

    Raises:
        NotFoundError: nothing bears that id, or no article names it any more.
        InputError: several ids begin like that.
    """
    with store.read() as connection:
        return _load_page(connection, resolve_actor(connection, actor_id), size, page)


def quoted_words(found: ActorPage) -> list[tuple[str, Span]]:
    """The words that a page quotes, each with its article's id."""
    claims = (*found.claims_by, *found.claims_about)
    return [(each.article_id, each.quote) for each in found.named] + [(c.article_id, c.spans[0]) for c in claims]


def _load_page(connection: Connection, actor_id: str, size: int, page: int) -> ActorPage:
    joined = select(schema.actor.c.id).where(schema.actor.c.joined_to == actor_id)
    parts = list(connection.execute(joined.order_by(schema.actor.c.id)).scalars())
    actors = load_actor_rows(connection, [actor_id, *parts])
    place = {"size": size, "page": page}
    roles = _load_roles(connection, actor_id)
    return ActorPage(
        actor=actors[actor_id],
        joined=tuple(actors[each] for each in parts),
        named=_load_named(connection, actor_id, **place),
        agreements=roles.pop("", 0),
        roles=tuple(RoleCount(role=PartyRole(role), agreements=count) for role, count in roles.items()),
        party_to=_load_party_to(connection, actor_id, **place),
        counted_by=_count_claims(connection, actor_id, "by"),
        claims_by=_load_claims(connection, actor_id, "by", **place),
        counted_about=_count_claims(connection, actor_id, "about"),
        claims_about=_load_claims(connection, actor_id, "about", **place),
        co_parties=_load_co_parties(connection, actor_id, **place),
        co_party_count=_count_co_parties(connection, actor_id),
        **place,
    )


def _load_named(connection: Connection, actor_id: str, *, size: int, page: int) -> tuple[NamedRow, ...]:
    link, entity, article, revision = schema.actor_link, schema.entity, schema.article, schema.revision
    newest = (
        select(link)
        .where(link.c.actor_id == actor_id)
        .order_by(link.c.published.desc().nulls_last(), link.c.entity_id)
        .limit(size)
        .offset((page - 1) * size)
        .subquery()
    )
    query = select(
        newest,
        article.c.address,
        revision.c.title,
        revision.c.publisher,
        cast(entity.c.record, String).label("record"),
    ).where(
        article.c.id == newest.c.article_id,
        entity.c.id == newest.c.entity_id,
        is_current(entity),
        is_current_revision(),
    )
    query = query.order_by(newest.c.published.desc().nulls_last(), newest.c.entity_id)
    return tuple(_make_named(dict(row)) for row in connection.execute(query).mappings())


def _make_named(row: dict[str, Any]) -> NamedRow:
    entity = Entity.model_validate_json(row["record"])
    first = entity.mentions[0]
    facts = {name: row[name] for name in NamedRow.model_fields if name in row}
    quote = Span(start=first.start, end=first.end, text=first.text)
    return NamedRow(**facts | {"canonical": entity.canonical, "quote": quote})


def _load_roles(connection: Connection, actor_id: str) -> dict[str, int]:
    """In how many rows the actor has each role; role empty: in how many it is named."""
    role = schema.actor_role
    query = select(role.c.role, role.c.agreements).where(role.c.actor_id == actor_id)
    return dict(connection.execute(query.order_by(role.c.agreements.desc(), role.c.role)).tuples().all())


def _load_party_to(connection: Connection, actor_id: str, *, size: int, page: int) -> tuple[PartyTo, ...]:
    row, own = schema.register_row, schema.actor_row
    newest = own.c.last_published.desc().nulls_last()
    query = (
        select(own.c.row_id, own.c.roles, own.c.articles, own.c.last_published)
        .add_columns(row.c.label, row.c.name, row.c.status, row.c.status_date)
        .where(own.c.actor_id == actor_id, row.c.id == own.c.row_id)
    )
    query = query.order_by(newest, own.c.row_id).limit(size).offset((page - 1) * size)
    return tuple(
        PartyTo(is_named=facts.pop("name") is not None, **facts)
        for facts in map(dict, connection.execute(query).mappings())
    )


def _load_co_parties(connection: Connection, actor_id: str, *, size: int, page: int) -> tuple[CoParty, ...]:
    pair, actor = schema.actor_pair, schema.actor
    query = select(actor.c.id, actor.c.type, actor.c.canonical, pair.c.agreements).where(
        pair.c.actor_id == actor_id, actor.c.id == pair.c.other_id
    )
    query = query.order_by(pair.c.agreements.desc(), pair.c.other_id).limit(size).offset((page - 1) * size)
    return tuple(CoParty(**row) for row in connection.execute(query).mappings())


def _count_co_parties(connection: Connection, actor_id: str) -> int:
    pair = schema.actor_pair
    return connection.execute(select(func.count()).select_from(pair).where(pair.c.actor_id == actor_id)).scalar_one()


def _count_claims(connection: Connection, actor_id: str, side: str) -> tuple[ClaimCount, ...]:
    claim = schema.actor_claim
    number = func.count()
    query = select(claim.c.type, number).where(claim.c.actor_id == actor_id, claim.c.side == side)
    query = query.group_by(claim.c.type).order_by(number.desc(), claim.c.type)
    return tuple(ClaimCount(type=kind, claims=count) for kind, count in connection.execute(query))


def _load_claims(connection: Connection, actor_id: str, side: str, *, size: int, page: int) -> tuple[ClaimRow, ...]:
    own = schema.actor_claim
    newest = (
        select(own.c.claim_id, own.c.published)
        .where(own.c.actor_id == actor_id, own.c.side == side)
        .order_by(own.c.published.desc().nulls_last(), own.c.claim_id)
        .limit(size)
        .offset((page - 1) * size)
        .subquery()
    )
    query = select_claims().where(schema.claim.c.id == newest.c.claim_id)
    query = query.order_by(newest.c.published.desc().nulls_last(), newest.c.claim_id)
    return tuple(make_claim_row(row) for row in connection.execute(query).mappings())
