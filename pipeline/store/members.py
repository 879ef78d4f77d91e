"""What themes are made of: the current passages and claims."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import CompoundSelect, Connection, RowMapping, Select, Table, literal, select, union_all

from pipeline.store.queries import is_current, is_current_revision
from pipeline.store.rows import MemberRow
from pipeline.store.schema import article, claim, passage, revision


def select_members() -> CompoundSelect[Any]:
    """All current passages and claims: the columns of :class:`MemberRow`, and the key of their text's vector."""
    return union_all(
        _select(
            select(passage.c.id, literal("passage").label("kind"), passage.c.text, passage.c.content_sha256), passage
        ),
        _select(select(claim.c.id, literal("claim").label("kind"), claim.c.content, claim.c.content_sha256), claim),
    )


def make_member(row: RowMapping) -> MemberRow:
    """A member from a row of :func:`select_members`."""
    return MemberRow(**{name: row[name] for name in MemberRow.model_fields})


def load_members_by_id(connection: Connection, ids: Collection[str]) -> dict[str, MemberRow]:
    """The current ones of these passages and claims."""
    if not ids:
        return {}
    members = select_members().subquery()
    query = select(members).where(members.c.id.in_(ids))
    return {row["id"]: make_member(row) for row in connection.execute(query).mappings()}


def _select(query: Select[Any], table: Table) -> Select[Any]:
    return query.add_columns(
        table.c.position, article.c.id.label("article_id"), revision.c.title, revision.c.published, table.c.first_seen
    ).where(is_current(table), is_current_revision())
