"""Letting go of what is not to be kept: the bytes that were fetched, and of texts all but the quotes.

A text keeps its length. What is not quoted becomes blanks, so that every record still points at its own words, and lists,
pages and exports need not know of it. Its digest stays that of the whole text: the same article is known when it comes again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, select, tuple_, update

from pipeline.store.schema import agreement, claim, decision, entity, passage, quarantine, raw_article, revision
from pipeline.store.store import Store, now

Key = tuple[str, int]  #: article id and revision


class Whole(NamedTuple):
    """A text that is there whole, and the records that are made of its words."""

    key: Key
    text: str
    entities: tuple[Mapping[str, object], ...]
    statements: tuple[Mapping[str, object], ...]  #: agreements and claims, those of older extractions too


def count_due(store: Store, before: datetime) -> tuple[int, int]:
    """How many fetched articles and how many texts are older than that and still there whole."""
    raws = select(func.count()).where(raw_article.c.dropped_at.is_(None), raw_article.c.fetched_at < before, _is_read())
    texts = select(func.count()).where(revision.c.dropped_at.is_(None), revision.c.saved_at < before)
    with store.begin() as connection:
        return connection.execute(raws).scalar_one(), connection.execute(texts).scalar_one()


def drop_raws(store: Store, before: datetime, *, limit: int = 500) -> int:
    """Let go of the bytes of articles that were fetched before, read since, and are still there; returns how many."""
    due = select(raw_article.c.id).where(
        raw_article.c.dropped_at.is_(None), raw_article.c.fetched_at < before, _is_read()
    )
    due = due.order_by(raw_article.c.fetched_at, raw_article.c.id).limit(limit)
    query = update(raw_article).where(raw_article.c.id.in_(due.scalar_subquery()))
    with store.begin() as connection:
        return connection.execute(query.values(body=b"", dropped_at=now())).rowcount


def drop_quarantined(store: Store, before: datetime) -> int:
    """Let go of the bytes of failures that are settled, or given up, since before then; returns how many."""
    table = quarantine
    settled = func.coalesce(table.c.resolved_at, table.c.dropped_at) < before
    with store.begin() as connection:
        query = update(table).where(table.c.raw.is_not(None), settled)
        return connection.execute(query.values(raw=None)).rowcount


def load_whole(store: Store, before: datetime, *, limit: int = 50) -> list[Whole]:
    """Texts that were saved before then and are still there whole, the oldest first."""
    query = select(revision.c.article_id, revision.c.revision, revision.c.text).where(
        revision.c.dropped_at.is_(None), revision.c.saved_at < before
    )
    query = query.order_by(revision.c.saved_at, revision.c.article_id, revision.c.revision).limit(limit)
    with store.read() as connection:
        texts = {(row.article_id, row.revision): row.text for row in connection.execute(query)}
        entities = _load_records(connection, entity, texts)
        statements = [_load_records(connection, table, texts) for table in (agreement, claim)]
        decided = _load_decided(connection, texts)
    return [
        Whole(
            key, text, (*entities[key], *decided[key[0]]), tuple(record for each in statements for record in each[key])
        )
        for key, text in texts.items()
    ]


def save_quotes(store: Store, texts: Mapping[Key, str]) -> int:
    """Put texts of which only the quotes are left in the place of the whole ones, passages included; returns how many."""
    at = now()
    with store.begin() as connection:
        for (article_id, number), text in texts.items():
            of_revision = (revision.c.article_id == article_id, revision.c.revision == number)
            connection.execute(update(revision).where(*of_revision).values(text=text, dropped_at=at))
            cut = func.substr(bindparam("whole", text), passage.c.start + 1, passage.c.end - passage.c.start)
            of_passage = (passage.c.article_id == article_id, passage.c.revision == number)
            connection.execute(update(passage).where(*of_passage).values(text=cut))
    return len(texts)


def _is_read() -> ColumnElement[bool]:
    """What waits to be read, or stands in quarantine, is still needed."""
    return raw_article.c.article_id.is_not(None)


def _load_records(connection: Connection, table: Table, keys: Iterable[Key]) -> dict[Key, list[Mapping[str, object]]]:
    """The records that were ever extracted from these texts."""
    found: dict[Key, list[Mapping[str, object]]] = {key: [] for key in keys}
    query = select(table.c.article_id, table.c.revision, table.c.record)
    for row in connection.execute(query.where(tuple_(table.c.article_id, table.c.revision).in_(list(found)))):
        found[row.article_id, row.revision].append(row.record)
    return found


def _load_decided(connection: Connection, keys: Iterable[Key]) -> dict[str, list[Mapping[str, object]]]:
    """What people decided on records of these articles: words that they marked stay too."""
    found: dict[str, list[Mapping[str, object]]] = {article_id: [] for article_id, _ in keys}
    query = select(decision.c.article_id, decision.c.before, decision.c.after)
    for row in connection.execute(query.where(decision.c.article_id.in_(list(found)))):
        found[row.article_id].append({"before": row.before, "after": row.after})
    return found
