"""Links from observations to rows of the register, as decisions and readers need them; linking has its own (link_state)."""

from collections.abc import Collection

from sqlalchemy import Connection, select, update

from pipeline.store.queries import is_one_of
from pipeline.store.schema import agreement, article, row_redirect


def mark_unlinked(connection: Connection, agreement_ids: Collection[str]) -> None:
    """Have the articles of these observations linked anew by the next run: a person judged on them, or undid it."""
    article_ids = select(agreement.c.article_id).where(is_one_of(agreement.c.id, agreement_ids))
    connection.execute(update(article).where(article.c.id.in_(article_ids)).values(linked_revision=None))


def mark_article_unlinked(connection: Connection, article_id: str) -> None:
    """Have an article linked anew by the next run: what its rows say of it is not so any more."""
    connection.execute(update(article).where(article.c.id == article_id).values(linked_revision=None))


def resolve_row(connection: Connection, row_id: str) -> str:
    """The row that stands for this one now: itself, or where it was merged into."""
    query = select(row_redirect.c.to_id).where(row_redirect.c.row_id == row_id)
    return connection.execute(query).scalar() or row_id
