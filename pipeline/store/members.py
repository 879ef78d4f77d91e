"""What themes are made of: the current passages and claims; and the texts of all that has a vector."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import CompoundSelect, Connection, RowMapping, Select, Subquery, Table, func, literal, select, union_all

from pipeline.store.queries import is_current, is_current_revision
from pipeline.store.rows import MemberRow
from pipeline.store.schema import agreement, article, claim, passage, revision


def select_members() -> CompoundSelect[Any]:
    """All current passages and claims: the columns of :class:`MemberRow`, and the key of their text's vector."""
    return union_all(
        _select(
            select(passage.c.id, literal("passage").label("kind"), passage.c.text, passage.c.content_sha256), passage
        ),
        _select(select(claim.c.id, literal("claim").label("kind"), claim.c.content, claim.c.content_sha256), claim),
    )


def select_texts(wanted: Subquery) -> CompoundSelect[Any]:
    """content_sha256 and text of the current records that ``wanted`` names (columns record_id and content_sha256)."""
    texts = (
        (passage, passage.c.text),
        (claim, claim.c.content),
        (agreement, func.agreement_content(agreement.c.label, agreement.c.record)),  # migration 0009
    )
    return union_all(
        *(
            select(wanted.c.content_sha256, text.label("text")).where(
                table.c.id == wanted.c.record_id, is_current(table)
            )
            for table, text in texts
        )
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
