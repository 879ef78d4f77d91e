"""What a person says of actors as a whole: that two are one. Links stay where they were, so that it can be taken back."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, func, or_, select, update

from pipeline.store import schema
from pipeline.store.actor_counts import recount
from pipeline.store.standing import load_judgements

_SHOWN = (schema.actor_link, schema.actor_party, schema.actor_claim)


def settle_joins(connection: Connection, actor_ids: Collection[str]) -> set[str]:
    """Show these actors where people's merges in force have them; returns those whose names and counts are others now.

    Of several that are one, the one in most articles is shown, and the others' ids lead there.
    """
    if not actor_ids:
        return set()
    actor = schema.actor
    given = set(actor_ids)
    heads = select(actor.c.joined_to).where(actor.c.id.in_(given), actor.c.joined_to.is_not(None))
    parts = select(actor.c.id).where(or_(actor.c.joined_to.in_(given), actor.c.joined_to.in_(heads)))
    touched = given | set(connection.execute(heads).scalars()) | set(connection.execute(parts).scalars())
    same = [pair for pair in load_judgements(connection, touched).same if all(each[:3] == "ac-" for each in pair)]
    touched |= {each for pair in same for each in pair}
    weights = _load_weights(connection, touched)
    for group in _group(touched & weights.keys(), same):
        head = max(group, key=lambda each: (weights[each], each))
        for each in sorted(group):
            _show(connection, each, head)
    recount(connection, touched & weights.keys())
    return touched & weights.keys()


def _load_weights(connection: Connection, actor_ids: Collection[str]) -> dict[str, int]:
    """How many links each has of its own."""
    actor, link = schema.actor, schema.actor_link
    number = select(func.count()).where(link.c.base_id == actor.c.id).scalar_subquery()
    query = select(actor.c.id, number).where(actor.c.id.in_(actor_ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def _group(actor_ids: Iterable[str], same: Iterable[tuple[str, str]]) -> list[set[str]]:
    groups = {each: {each} for each in actor_ids}
    for one, other in same:
        if one in groups and other in groups and groups[one] is not groups[other]:
            joined = groups[one] | groups[other]
            groups.update(dict.fromkeys(joined, joined))
    return list({id(group): group for group in groups.values()}.values())


def _show(connection: Connection, base_id: str, head: str) -> None:
    actor, link = schema.actor, schema.actor_link
    joined_to = None if base_id == head else head
    connection.execute(update(actor).where(actor.c.id == base_id).values(joined_to=joined_to))
    connection.execute(update(link).where(link.c.base_id == base_id, link.c.actor_id != head).values(actor_id=head))
    for table in _SHOWN[1:]:
        placed = table.c.entity_id == link.c.entity_id
        query = update(table).where(placed, link.c.base_id == base_id, table.c.actor_id != head)
        connection.execute(query.values(actor_id=head))
