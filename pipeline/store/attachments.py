"""Where decisions hang after their article was saved anew: which record each decided one is now, and what is open again."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, String, Table, cast, delete, exists, insert, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as put

from pipeline.decisions import Decision
from pipeline.store import schema
from pipeline.store.decisions import load_undone, read_decisions, select_decisions
from pipeline.store.locks import lock_register
from pipeline.store.queries import is_one_of
from pipeline.store.rows import Row
from pipeline.store.standing import load_now_ids, refresh_standing
from pipeline.store.store import Store
from pipeline.store.subjects import Subject, load_article_subjects, make_quotes
from pipeline.store.touched import refresh_touched

_TABLES = (schema.agreement, schema.claim, schema.entity)


class Gone(Row):
    """A decided record that its article does not have any more."""

    record_id: str
    kind: str | None
    quotes: tuple[str, ...]
    companions: frozenset[str]  #: what stood beside it when it was last there


class DecidedArticle(Row):
    """What an article's decisions are compared with."""

    article_id: str
    present: tuple[Subject, ...]
    gone: tuple[Gone, ...]


def load_stale(store: Store, *, limit: int) -> list[str]:
    """Ids of articles that were saved anew since their decisions were last looked at."""
    table = schema.decided_article
    with store.begin() as connection:
        query = select(table.c.article_id).where(table.c.is_stale).order_by(table.c.article_id).limit(limit)
        return list(connection.execute(query).scalars())


def load_decided(connection: Connection, article_id: str) -> DecidedArticle:
    """An article's records, and those that were decided on and are gone; the register is locked from here on."""
    lock_register(connection)
    present = load_article_subjects(connection, article_id)
    there = {each.record_id for each in present}
    gone = [
        _make_gone(connection, table, record_id)
        for table in _TABLES
        for record_id in _find_decided(connection, table, article_id)
        if record_id not in there
    ]
    return DecidedArticle(article_id=article_id, present=tuple(present), gone=tuple(gone))


def load_open(connection: Connection, record_ids: Collection[str]) -> list[Decision]:
    """Decisions on these records, and on what became of them, that are not undone."""
    attachment, decision = schema.attachment, schema.decision
    was = select(attachment.c.record_id).where(is_one_of(attachment.c.now_id, record_ids))
    query = select_decisions().where(or_(is_one_of(decision.c.record_id, record_ids), decision.c.record_id.in_(was)))
    found = read_decisions(connection, query.order_by(decision.c.number))
    undone = load_undone(connection, [each.number for each in found if each.number is not None])
    return [each for each in found if each.number not in undone]


def save_attachments(connection: Connection, article: DecidedArticle, attachments: Mapping[str, str | None]) -> None:
    """Put these in place of the article's attachments: what is gone -> what it is now, or None for an orphan."""
    table = schema.attachment
    connection.execute(delete(table).where(is_one_of(table.c.record_id, [each.record_id for each in article.present])))
    for record_id, now_id in sorted(attachments.items()):
        values = {"now_id": now_id, "article_id": article.article_id}
        query = put(table).values(record_id=record_id, **values)
        connection.execute(query.on_conflict_do_update(index_elements=["record_id"], set_=values))


def save_reopened(connection: Connection, states: Mapping[int, bool]) -> None:
    """Note which of these decisions are to be looked at again, and which are not (any more)."""
    table = schema.reopened
    connection.execute(delete(table).where(table.c.decision.in_(list(states))))
    if rows := [{"decision": number} for number, is_open in sorted(states.items()) if is_open]:
        connection.execute(insert(table), rows)


def settle(connection: Connection, article: DecidedArticle) -> None:
    """Work out anew what is in force for an article's records, and have its rows shown so; it is up to date then."""
    ids = [each.record_id for each in article.present] + [each.record_id for each in article.gone]
    refresh_standing(connection, ids)
    refresh_touched(connection, [each.record_id for each in article.present])
    table = schema.decided_article
    connection.execute(update(table).where(table.c.article_id == article.article_id).values(is_stale=False))


def attach_rows(connection: Connection, moved: Mapping[str, str | None]) -> None:
    """Have decisions on rows follow the rows: merged away -> where to; a row that is back -> None. For linking."""
    table = schema.attachment
    before = set(load_now_ids(connection, list(moved)).values())
    connection.execute(delete(table).where(is_one_of(table.c.record_id, moved)))
    decided = select(schema.decision.c.record_id).where(is_one_of(schema.decision.c.record_id, moved)).distinct()
    found = sorted(connection.execute(decided).scalars())
    rows = [{"record_id": row_id, "now_id": moved[row_id]} for row_id in found if moved[row_id] is not None]
    if rows:
        connection.execute(insert(table), rows)
    for row_id, to_id in sorted(moved.items()):
        if to_id is not None:  # what had come to it goes on with it
            connection.execute(update(table).where(table.c.now_id == row_id).values(now_id=to_id))
    refresh_standing(connection, before | set(moved) | {each for each in moved.values() if each})


def _find_decided(connection: Connection, table: Table, article_id: str) -> list[str]:
    """All ids an article ever had in this table that a decision or judgement speaks of."""
    judgement = schema.judgement
    query = select(table.c.id).where(table.c.article_id == article_id).distinct()
    is_decided = exists().where(schema.decision.c.record_id == table.c.id)
    is_one = exists().where(judgement.c.one_id == table.c.id)
    is_other = exists().where(judgement.c.other_id == table.c.id)
    return sorted(connection.execute(query.where(or_(is_decided, is_one, is_other))).scalars())


def _make_gone(connection: Connection, table: Table, record_id: str) -> Gone:
    key = (table.c.article_id, table.c.revision, table.c.fingerprint)
    extraction = schema.extraction
    saved = tuple_(*key) == tuple_(extraction.c.article_id, extraction.c.revision, extraction.c.fingerprint)
    query = select(cast(table.c.record, String), *key).where(table.c.id == record_id, saved)
    text, *last = connection.execute(query.order_by(extraction.c.saved_at.desc()).limit(1)).one()
    beside = connection.execute(select(table.c.id).where(tuple_(*key) == tuple_(*last))).scalars()
    record: dict[str, Any] = json.loads(text)
    decision = schema.decision
    said = select(decision.c.quote).where(decision.c.record_id == record_id, decision.c.quote.is_not(None))
    quotes = dict.fromkeys([*make_quotes(record_id, record), *connection.execute(said.distinct()).scalars()])
    kind = record.get("type") or record.get("kind")
    return Gone(record_id=record_id, kind=kind, quotes=tuple(quotes), companions=frozenset(beside) - {record_id})
