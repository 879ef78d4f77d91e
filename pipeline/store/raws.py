"""Fetched articles, kept as they came, before anything is made of them."""

import hashlib
from typing import Any

from sqlalchemy import Connection, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from pipeline.errors import NotFoundError
from pipeline.records import RawArticle
from pipeline.store.rows import SavedRaw
from pipeline.store.schema import address, quarantine, raw_article
from pipeline.store.store import Store, now


def save_raw(store: Store, raw: RawArticle, *, asked: str | None = None) -> SavedRaw:
    """Keep a fetched article; the same bytes at the same address are kept once.

    ``is_known`` in the answer means that this is what was read at its address last: there is nothing to do. What failed
    is not known and may be tried again, and so may what is back after something else was read there.

    Args:
        store: the open store.
        raw: what was fetched.
        asked: the address that was asked for, where that is not quite the article's: what failed there before has succeeded.
    """
    raw_id = "ra-" + hashlib.sha256(f"{raw.address}\n{raw.digest}".encode()).hexdigest()[:16]
    values = raw.model_dump() | {"id": raw_id, "digest": raw.digest, "aliases": list(raw.aliases)}
    with store.begin() as connection:
        _put(connection, values)
        seen = connection.execute(
            update(address)
            .where(address.c.address == raw.address, address.c.raw_id == raw_id)
            .values(last_seen=now())
            .returning(address.c.article_id)
        ).scalar()
        for each in sorted({raw.address, asked or raw.address}):
            resolve_failures(connection, address=each, stage="fetch")
        article_id = connection.execute(select(raw_article.c.article_id).where(raw_article.c.id == raw_id)).scalar()
    return SavedRaw(raw_id=raw_id, article_id=seen or article_id, is_known=seen is not None)


def _put(connection: Connection, values: dict[str, Any]) -> None:
    """Keep it; what is there already only learns which source it is from, where that was not known."""
    query = insert(raw_article).values(values)
    learned = {"source": query.excluded.source, "listed": query.excluded.listed}
    connection.execute(
        query.on_conflict_do_update(
            index_elements=["id"],
            set_=learned,
            where=raw_article.c.source.is_(None) & query.excluded.source.is_not(None),
        )
    )


def load_raw(store: Store, raw_id: str) -> RawArticle:
    """A kept raw article.

    Raises:
        NotFoundError: there is no such id, or its bytes were let go.
    """
    columns = [raw_article.c[name] for name in (*RawArticle.model_fields, "dropped_at")]
    with store.begin() as connection:
        row = connection.execute(select(*columns).where(raw_article.c.id == raw_id)).mappings().first()
    if row is None:
        raise NotFoundError(f"No raw article bears the id {raw_id}.")
    values = dict(row)
    dropped_at = values.pop("dropped_at")
    if dropped_at is not None:
        raise NotFoundError(
            f"The bytes of {values['address']} were let go on {dropped_at:%Y-%m-%d} (ENTENTE_KEEP_TEXT_DAYS); "
            "its quotes are kept. Fetch it again to read it anew."
        )
    return RawArticle(**(values | {"aliases": tuple(values["aliases"])}))


def load_pending(store: Store) -> list[str]:
    """Ids of raw articles that were neither read nor quarantined, oldest first: what a killed run left behind.

    One that is older than what was read at its address is not pending any more.
    """
    newer = raw_article.alias("newer")
    failed = exists().where(quarantine.c.raw_id == raw_article.c.id, quarantine.c.resolved_at.is_(None))
    overtaken = exists().where(
        newer.c.address == raw_article.c.address,
        newer.c.article_id.is_not(None),
        newer.c.fetched_at > raw_article.c.fetched_at,
    )
    query = select(raw_article.c.id).where(raw_article.c.article_id.is_(None), ~failed, ~overtaken)
    with store.begin() as connection:
        return list(connection.execute(query.order_by(raw_article.c.fetched_at, raw_article.c.id)).scalars())


def resolve_failures(connection: Connection, *, address: str, stage: str | None = None) -> None:
    """Take out of quarantine what failed at that address (at one stage or any): it has succeeded now."""
    query = update(quarantine).where(quarantine.c.address == address, quarantine.c.resolved_at.is_(None))
    if stage is not None:
        query = query.where(quarantine.c.stage == stage)
    connection.execute(query.values(resolved_at=now()))
