"""Which rows of the register name an actor, in which roles, and with whom: counted up and down as rows change.

A row costs what it has of observations and actors; an actor that thousands of rows name costs nothing more.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import permutations
from typing import Any

from sqlalchemy import Connection, Table, delete, distinct, func, select
from sqlalchemy.dialects.postgresql import insert

from pipeline.store import schema
from pipeline.store.queries import is_one_of

_Held = list[tuple[int, str, list[str]]]  # what a row names: (-articles, actor, roles), most articles first
_List = Callable[[_Held], Iterable[tuple[str, str]]]
_ANY = ""  # role: whichever
# Of the actors of one row, who count as together: more than the members of NATO. A row of thousands of articles has names
# beside them that one article each has in passing, and pairs grow with the square.
_MOST_TOGETHER = 40


def refresh_actor_rows(connection: Connection, row_ids: Collection[str]) -> None:
    """Bring up which actors these rows name, after their observations or those observations' actors changed."""
    if not row_ids:
        return
    table = schema.actor_row
    columns = [table.c[name] for name in ("row_id", "actor_id", "roles", "articles")]
    before = _hold(connection.execute(select(*columns).where(is_one_of(table.c.row_id, row_ids))).mappings())
    rows = _load_rows(connection, row_ids)
    after = _hold(rows)
    connection.execute(delete(table).where(is_one_of(table.c.row_id, row_ids)))
    if rows:
        connection.execute(insert(table), rows)
    changed = [row_id for row_id in sorted(row_ids) if before[row_id] != after[row_id]]
    _count(connection, schema.actor_role, "role", _tally(_list_roles, changed, before, after))
    _count(connection, schema.actor_pair, "other_id", _tally(_list_pairs, changed, before, after))


def find_rows_of(connection: Connection, article_ids: Collection[str], actor_ids: Collection[str]) -> set[str]:
    """The rows that observations of these articles are in, and those that name one of these actors."""
    agreement, link, row = schema.agreement, schema.link, schema.actor_row
    said = select(link.c.row_id).where(
        link.c.agreement_id == agreement.c.id, is_one_of(agreement.c.article_id, article_ids)
    )
    named = select(row.c.row_id).where(is_one_of(row.c.actor_id, actor_ids))
    return set(connection.execute(said.union(named)).scalars())


def _load_rows(connection: Connection, row_ids: Collection[str]) -> list[dict[str, Any]]:
    party, link, row, named = schema.actor_party, schema.link, schema.register_row, schema.actor_link
    query = (
        select(
            party.c.actor_id,
            link.c.row_id,
            func.array_agg(distinct(party.c.role)).label("roles"),
            func.count(distinct(party.c.article_id)).label("articles"),
            func.max(named.c.published).label("last_published"),
        )
        .where(
            is_one_of(row.c.id, row_ids),
            row.c.is_shown,
            link.c.row_id == row.c.id,
            party.c.agreement_id == link.c.agreement_id,
            named.c.entity_id == party.c.entity_id,
        )
        .group_by(party.c.actor_id, link.c.row_id)
    )
    return [dict(found) | {"roles": sorted(found["roles"])} for found in connection.execute(query).mappings()]


def _hold(rows: Iterable[Mapping[Any, Any]]) -> dict[str, _Held]:
    held: dict[str, _Held] = defaultdict(list)
    for row in rows:
        held[row["row_id"]].append((-row["articles"], row["actor_id"], row["roles"]))
    for each in held.values():
        each.sort()
    return held


def _list_roles(held: _Held) -> Iterable[tuple[str, str]]:
    return ((actor_id, role) for _, actor_id, roles in held for role in (*roles, _ANY))


def _list_pairs(held: _Held) -> Iterable[tuple[str, str]]:
    return permutations((actor_id for _, actor_id, _ in held[:_MOST_TOGETHER]), 2)


def _tally(
    listed: _List, row_ids: Iterable[str], before: Mapping[str, _Held], after: Mapping[str, _Held]
) -> Counter[tuple[str, str]]:
    changes: Counter[tuple[str, str]] = Counter()
    for row_id in row_ids:
        changes.subtract(listed(before[row_id]))
        changes.update(listed(after[row_id]))
    return changes


def _count(connection: Connection, table: Table, name: str, changes: Counter[tuple[str, str]]) -> None:
    changed = {pair: number for pair, number in sorted(changes.items()) if number}
    if not changed:
        return
    rows = [{"actor_id": one, name: other, "agreements": number} for (one, other), number in changed.items()]
    save = insert(table)
    number = table.c.agreements + save.excluded.agreements
    save = save.on_conflict_do_update(index_elements=["actor_id", name], set_={"agreements": number})
    connection.execute(save, rows)
    gone = {actor_id for (actor_id, _), number in changed.items() if number < 0}
    connection.execute(delete(table).where(is_one_of(table.c.actor_id, gone), table.c.agreements <= 0))
