"""Links from observations to rows of the register; they can change at any time, what was extracted never does."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Select, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from pipeline.store.locks import lock_register
from pipeline.store.queries import is_current, is_current_revision, is_one_of
from pipeline.store.refresh import refresh_rows
from pipeline.store.rows import LinkRow, NameRow
from pipeline.store.schema import agreement, article, link, register_row, revision, row_redirect
from pipeline.store.store import Store, now


def load_unlinked(store: Store) -> list[NameRow]:
    """Current agreements that stand in no row of the register yet."""
    is_linked = select(1).where(link.c.agreement_id == agreement.c.id).exists()
    return _load(store, _select_names().where(~is_linked))


def load_names(store: Store) -> list[NameRow]:
    """All current agreements, linked or not: linking makes all links anew, since an alias may join what stood apart."""
    return _load(store, _select_names())


def save_links(store: Store, links: Iterable[LinkRow]) -> int:
    """Put agreements into rows; returns how many links are new or changed.

    A row that is seen for the first time gets its ``first_seen`` now; one whose observations all moved away is not
    shown any more, and has its old one should they come back.
    """
    at = now()
    rows = [each.model_dump() | {"linked_at": at} for each in links]
    if not rows:
        return 0
    put = insert(link)
    changed = put.on_conflict_do_update(
        index_elements=["agreement_id"],
        set_={name: put.excluded[name] for name in ("row_id", "reason", "score", "linked_at")},
        where=or_(*(link.c[name] != put.excluded[name] for name in ("row_id", "reason", "score"))),
    )
    with store.begin() as connection:
        lock_register(connection)
        ids = sorted({each["row_id"] for each in rows})
        connection.execute(
            insert(register_row).on_conflict_do_nothing(), [{"id": row_id, "first_seen": at} for row_id in ids]
        )
        # In the order of the ids, so that two jobs at once wait for each other instead of dying of each other.
        ordered = sorted(rows, key=lambda each: str(each["agreement_id"]))
        left = select(link.c.row_id).where(is_one_of(link.c.agreement_id, [each["agreement_id"] for each in ordered]))
        before = set(connection.execute(left).scalars())
        number = len(connection.execute(changed.returning(link.c.agreement_id), ordered).all())
        refresh_rows(connection, before | set(ids))
    return number


def mark_unlinked(connection: Connection, agreement_ids: Collection[str]) -> None:
    """Have the articles of these observations linked anew by the next run: a person judged on them, or undid it."""
    article_ids = select(agreement.c.article_id).where(agreement.c.id.in_(agreement_ids))
    connection.execute(update(article).where(article.c.id.in_(article_ids)).values(linked_revision=None))


def resolve_row(connection: Connection, row_id: str) -> str:
    """The row that stands for this one now: itself, or where it was merged into."""
    query = select(row_redirect.c.to_id).where(row_redirect.c.row_id == row_id)
    return connection.execute(query).scalar() or row_id


def _select_names() -> Select[tuple[object, ...]]:
    return (
        select(
            agreement.c.id.label("agreement_id"),
            agreement.c.name,
            agreement.c.label,
            agreement.c.kind,
            agreement.c.record["aliases"].label("aliases"),
            agreement.c.article_id,
            revision.c.title,
            revision.c.published,
        )
        .where(is_current(agreement), is_current_revision(), article.c.id == agreement.c.article_id)
        .order_by(agreement.c.id)
    )


def _load(store: Store, query: Select[tuple[object, ...]]) -> list[NameRow]:
    with store.begin() as connection:
        return [NameRow.model_validate(dict(row)) for row in connection.execute(query).mappings()]
