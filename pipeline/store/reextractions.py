"""Stored articles that another version of the pipeline has read: finding them, and putting a new extraction in its place.

What was extracted before stays, keyed by its fingerprint; the article's row says which one counts, and turns to the new one
in the transaction that saves it whole.
"""

from collections.abc import Collection, Sequence

from pydantic import AwareDatetime
from sqlalchemy import Connection, Select, Table, func, select, update

from pipeline.records import Article, Extraction, Passage
from pipeline.store import schema
from pipeline.store.additions import restore_additions
from pipeline.store.articles import lock_article
from pipeline.store.extractions import insert_extraction
from pipeline.store.filters import Filter
from pipeline.store.locks import lock_register
from pipeline.store.queries import is_current_revision, only_id
from pipeline.store.rows import Row
from pipeline.store.runs import note_extraction
from pipeline.store.search_entries import index_article
from pipeline.store.store import Store


class StoredFilter(Filter):
    """Which stored articles to read anew; all conditions that are given hold."""

    article_ids: tuple[str, ...] = ()  #: whole, or unambiguous beginnings
    since: AwareDatetime | None = None  #: came in since
    publisher: str | None = None


class StoredArticle(Row):
    """An article as it stands, with its text and what it was read from."""

    article: Article
    revision: int
    fingerprint: str  #: of what is extracted from it now
    raw_id: str


def find_outdated(store: Store, wanted: StoredFilter, *, up_to_date: Collection[str]) -> list[str]:
    """Ids of articles whose current extraction bears none of the fingerprints ``up_to_date``, those of one article first.

    Those of which only quotes are left (``ENTENTE_KEEP_TEXT_DAYS``) are not among them: :func:`count_unreadable`.

    Raises:
        NotFoundError: no article bears one of the ids that are asked for.
    """
    article, revision = schema.article, schema.revision
    query = select(article.c.id).where(article.c.fingerprint.not_in(list(up_to_date))).order_by(article.c.id)
    if wanted.since:
        query = query.where(article.c.first_seen >= wanted.since)
    query = query.where(is_current_revision(), revision.c.dropped_at.is_(None))
    if wanted.publisher:
        query = query.where(func.lower(revision.c.publisher) == wanted.publisher.lower())
    with store.begin() as connection:
        if wanted.article_ids:
            query = query.where(article.c.id.in_([_full_id(connection, each) for each in wanted.article_ids]))
        return list(connection.execute(query).scalars())


def count_unreadable(store: Store) -> int:
    """How many articles cannot be read anew, because only quotes are left of their texts."""
    query = select(func.count()).where(is_current_revision(), schema.revision.c.dropped_at.is_not(None))
    with store.begin() as connection:
        return connection.execute(query).scalar_one()


def load_stored(store: Store, article_id: str) -> StoredArticle | None:
    """An article as it stands (whole id), or None where it is gone, or only quotes are left of its text."""
    article, revision = schema.article, schema.revision
    facts = [revision.c[name] for name in ("url", "title", "authors", "published", "publisher", "language", "text")]
    query = select(
        article.c.id, article.c.address, article.c.fingerprint, revision.c.revision, revision.c.raw_id, *facts
    ).where(article.c.id == article_id, is_current_revision(), revision.c.dropped_at.is_(None))
    with store.begin() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        return None
    values = dict(row)
    keys = {name: values.pop(name) for name in ("revision", "fingerprint", "raw_id")}
    return StoredArticle(article=Article(**(values | {"authors": tuple(values["authors"])})), **keys)


def save_reextraction(
    store: Store,
    stored: StoredArticle,
    extraction: Extraction,
    passages: Sequence[Passage],
    *,
    run_id: str | None = None,
) -> bool:
    """Save what another version found in a stored article, and let the article stand by it; all in one transaction.

    Returns:
        False where the article has another revision or extraction by now: somebody else was faster, nothing is changed.
    """
    key = (stored.article.id, stored.revision, extraction.fingerprint)
    old = (stored.revision, stored.fingerprint)
    with store.begin() as connection:
        lock_article(connection, stored.article.id)
        query = select(schema.article.c.revision, schema.article.c.fingerprint)
        found = connection.execute(query.where(schema.article.c.id == stored.article.id)).first()
        if found is None or tuple(found) != old:
            return False
        lock_register(connection)
        if not _is_there(connection, key):  # an older version that was in use before: what it found then stands
            insert_extraction(connection, key[:2], extraction, passages)
        switch = update(schema.article).where(schema.article.c.id == stored.article.id)
        connection.execute(switch.values(fingerprint=extraction.fingerprint))
        restore_additions(connection, stored.article.id)
        index_article(connection, stored.article.id)
        note_extraction(connection, run_id, key, old=old)
    return True


def _is_there(connection: Connection, key: tuple[str, int, str]) -> bool:
    query = _of_extraction(schema.extraction, key)
    return connection.execute(query).first() is not None


def _of_extraction(table: Table, key: tuple[str, int, str]) -> Select[tuple[str]]:
    article_id, revision, fingerprint = key
    return select(table.c.article_id).where(
        table.c.article_id == article_id, table.c.revision == revision, table.c.fingerprint == fingerprint
    )


def _full_id(connection: Connection, asked: str) -> str:
    column = schema.article.c.id
    query = select(column).where(column.startswith(asked, autoescape=True)).limit(6)
    return only_id(list(connection.execute(query).scalars()), asked)
