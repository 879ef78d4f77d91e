"""How the store does: its size, what waits, what fails; every figure by an index or an estimate, however large it is."""

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import Connection, Select, func, select, text

from pipeline.store.rows import Row
from pipeline.store.run_rows import RunRow
from pipeline.store.schema import article, embedding_route, quarantine, raw_article, run, search_entry
from pipeline.store.store import Store

# More than that need not be told apart, and would take a look at each.
_MOST_COUNTED = 10_000
_LATEST = 1_000  # runs among which the last of each kind is looked for: a week of one every ten minutes
# Rows of a table that are counted; of a larger one the server's own estimate is given.
_SMALL = 10_000


class StoreHealth(Row):
    """The store in figures; what waits is counted up to ten thousand."""

    size: int  #: bytes of the database
    articles: int  #: of more than ten thousand, an estimate
    unread: int  #: fetched and not read yet
    unlinked: int  #: saved and not in the register yet
    unembedded: int  #: records without a vector yet
    failed: int  #: that stand in quarantine
    due: int  #: of them, those whose next try has come
    due_since: AwareDatetime | None = None  #: the longest waiting of these
    newest: AwareDatetime | None = None  #: when the last article came in


def load_health(store: Store, moment: datetime) -> StoreHealth:
    """The store's figures at this moment."""
    standing = (quarantine.c.resolved_at.is_(None), quarantine.c.dropped_at.is_(None))
    due = (quarantine.c.next_try <= moment, *standing)
    changed = article.c.linked_revision.is_distinct_from(article.c.revision)
    read_anew = article.c.linked_fingerprint.is_distinct_from(article.c.fingerprint)
    seen = select(func.coalesce(func.max(embedding_route.c.seen_number), 0)).scalar_subquery()
    new = (search_entry.c.number > seen, search_entry.c.content_sha256.is_not(None))
    with store.read() as connection:
        return StoreHealth(
            size=connection.execute(select(func.pg_database_size(func.current_database()))).scalar_one(),
            articles=_estimate(connection, "article"),
            unread=_count(connection, select(raw_article.c.id).where(raw_article.c.article_id.is_(None))),
            unlinked=_count(connection, select(article.c.id).where(changed | read_anew)),
            unembedded=_count(connection, select(search_entry.c.number).where(*new)),
            failed=_count(connection, select(quarantine.c.id).where(*standing)),
            due=_count(connection, select(quarantine.c.id).where(*due)),
            due_since=connection.execute(select(func.min(quarantine.c.next_try)).where(*due)).scalar(),
            newest=connection.execute(select(func.max(article.c.first_seen))).scalar(),
        )


def load_last_runs(store: Store) -> dict[str, RunRow]:
    """The latest run of each kind, among the latest thousand."""
    latest = select(run).order_by(run.c.started_at.desc()).limit(_LATEST).subquery()
    query = select(latest).distinct(latest.c.kind).order_by(latest.c.kind, latest.c.started_at.desc())
    with store.begin() as connection:
        rows = [RunRow.model_validate(dict(row)) for row in connection.execute(query).mappings()]
    return {row.kind: row for row in rows}


def _count(connection: Connection, query: Select[tuple[object]]) -> int:
    return connection.execute(select(func.count()).select_from(query.limit(_MOST_COUNTED).subquery())).scalar_one()


def _estimate(connection: Connection, table: str) -> int:
    found = connection.execute(
        text("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(:name)"), {"name": table}
    )
    estimate: int = found.scalar() or 0
    return estimate if estimate > _SMALL else _count(connection, select(article.c.id))
