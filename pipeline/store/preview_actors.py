"""What actors would look like after a merge or split of entities that is not done yet; nothing is saved."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from pipeline.enumerations import EntityType
from pipeline.errors import InputError
from pipeline.store import schema
from pipeline.store.actors import load_actor_rows, resolve_actor
from pipeline.store.judgements import plan_split
from pipeline.store.queries import is_one_of
from pipeline.store.row import Row
from pipeline.store.rows import EntityRow
from pipeline.store.store import Store

_LINK = schema.actor_link
_MOST_NAMES = 12  # what a reader takes in


class Face(Row):
    """An actor as it would stand in the list of entities."""

    id: str | None  #: None: of one that is not there yet
    type: EntityType
    canonical: str
    names: tuple[str, ...]  #: other names that articles have for it
    articles: int
    mentions: int
    agreements: int  #: rows of the register that name it


class ActorPreview(Row):
    """Actors before and after."""

    before: tuple[Face, ...]
    after: tuple[Face, ...]


def preview_actor_merge(store: Store, actor_ids: Sequence[str]) -> ActorPreview:
    """What becomes of these actors if they are said to be one: the one that most entities are linked to gives its name.

    Raises:
        InputError: fewer than two.
        NotFoundError: no article names one of them.
    """
    with store.read() as connection:
        ids = list(dict.fromkeys(resolve_actor(connection, each) for each in actor_ids))
        if len(ids) < 2:
            raise InputError("Say at least two entities that are one.")
        rows = load_actor_rows(connection, ids)
        faces = [_make_face(connection, rows[each], _LINK.c.actor_id == each) for each in ids]
        counted = select(_LINK.c.base_id, func.count()).where(is_one_of(_LINK.c.base_id, ids)).group_by(_LINK.c.base_id)
        weights = {row[0]: row[1] for row in connection.execute(counted)}
        head = max(ids, key=lambda each: (weights.get(each, 0), each))
        joined = _make_face(connection, rows[head], is_one_of(_LINK.c.actor_id, ids))
        names = [name for each in faces for name in (each.canonical, *each.names)]
        return ActorPreview(before=tuple(faces), after=(_rename(joined, names),))


def preview_actor_split(store: Store, entity_ids: Sequence[str], *, actor_id: str) -> ActorPreview:
    """What becomes of an actor if these articles' entities are said to be somebody else; they are shown as one by themselves.

    Raises:
        InputError: nothing would be left.
        NotFoundError: no record bears an id.
    """
    with store.read() as connection:
        full_id = resolve_actor(connection, actor_id)
        ids, _, _ = plan_split(connection, entity_ids, None)
        row = load_actor_rows(connection, [full_id])[full_id]
        is_here, is_leaving = _LINK.c.actor_id == full_id, is_one_of(_LINK.c.entity_id, ids)
        stays = _make_face(connection, row, is_here & ~is_leaving)
        if not stays.articles:
            raise InputError(f"Nothing else stands in {full_id}: there is nothing to split.")
        leaves = _make_face(connection, row, is_here & is_leaving)
        names = _load_names(connection, ids)
        leaves = _rename(leaves, names).model_copy(
            update={"id": None, "canonical": names[0] if names else row.canonical}
        )
        return ActorPreview(before=(_make_face(connection, row, is_here),), after=(stays, leaves))


def _make_face(connection: Connection, row: EntityRow, links: ColumnElement[bool]) -> Face:
    party = schema.actor_party
    counted = select(func.count(_LINK.c.article_id.distinct()), func.coalesce(func.sum(_LINK.c.mentions), 0)).where(
        links
    )
    articles, mentions = connection.execute(counted).one()
    entities = select(_LINK.c.entity_id).where(links)
    named = select(func.count(schema.link.c.row_id.distinct())).where(
        party.c.entity_id.in_(entities), schema.link.c.agreement_id == party.c.agreement_id
    )
    agreements: int = connection.execute(named).scalar_one()
    return Face(
        id=row.id,
        type=row.type,
        canonical=row.canonical,
        names=row.aliases[:_MOST_NAMES],
        articles=articles,
        mentions=mentions,
        agreements=agreements,
    )


def _rename(face: Face, names: Sequence[str]) -> Face:
    others = [each for each in dict.fromkeys(names) if each != face.canonical]
    return face.model_copy(update={"names": tuple(others[:_MOST_NAMES])})


def _load_names(connection: Connection, entity_ids: Collection[str]) -> list[str]:
    """What articles call these entities, the most frequent name first."""
    entity = schema.entity
    query = select(entity.c.canonical).where(is_one_of(entity.c.id, entity_ids)).group_by(entity.c.canonical)
    return list(connection.execute(query.order_by(func.count().desc(), entity.c.canonical)).scalars())
