"""Putting everything that was extracted from one article into its tables; part of the article's own transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from pipeline.records import Agreement, Claim, Entity, Extraction, Passage, Span, normalise
from pipeline.store import schema
from pipeline.store.inserts import insert_rows
from pipeline.store.observations import best_quote
from pipeline.store.queries import digest
from pipeline.store.store import now


def insert_extraction(
    connection: Connection,
    key: tuple[str, int],
    extraction: Extraction,
    passages: Sequence[Passage],
    *,
    is_first: bool = False,
) -> None:
    """Insert an extraction and all its records under (article id, revision).

    Of an article that is known to have none (``is_first``) nobody asks what was seen in it before.
    """
    article_id, revision = key
    base = {"revision": revision, "fingerprint": extraction.fingerprint}
    saved_at = now()
    insert_rows(connection, schema.extraction, [{"article_id": article_id, "saved_at": saved_at, **base}])
    tables: tuple[tuple[Table, Iterable[dict[str, Any]]], ...] = (
        (schema.entity, map(_entity, extraction.entities)),
        (schema.agreement, map(_agreement, extraction.agreements)),
        (schema.claim, map(_claim, extraction.claims)),
        (schema.passage, map(_passage, passages)),
    )
    for table, rows in tables:
        seen = {} if is_first else _first_seen(connection, table, article_id)
        insert_rows(
            connection,
            table,
            [
                row | base | {"article_id": article_id, "position": at, "first_seen": seen.get(row["id"], saved_at)}
                for at, row in enumerate(rows)
            ],
        )
    known = {} if is_first else _parties_first_seen(connection, article_id)
    said = extraction.agreements
    insert_rows(connection, schema.party, [row | base for each in said for row in _parties(each, known, saved_at)])
    insert_rows(connection, schema.act, [row | base for each in said for row in _acts(each)])


def insert_record(
    connection: Connection, key: tuple[str, int, str], record: Entity | Agreement | Claim, *, first_seen: datetime
) -> None:
    """Insert one more record under (article id, revision, fingerprint), after those that are there: a person's own."""
    article_id, revision, fingerprint = key
    base: dict[str, Any] = {"revision": revision, "fingerprint": fingerprint}
    table, row = _row_of(record)
    mine = (table.c.article_id == article_id, table.c.revision == revision, table.c.fingerprint == fingerprint)
    position = connection.execute(select(func.coalesce(func.max(table.c.position), -1) + 1).where(*mine)).scalar_one()
    place = {"article_id": article_id, "position": position, "first_seen": first_seen}
    insert_rows(connection, table, [row | base | place])
    if isinstance(record, Agreement):
        insert_rows(connection, schema.party, [each | base for each in _parties(record, {}, first_seen)])
        insert_rows(connection, schema.act, [each | base for each in _acts(record)])


def _row_of(record: Entity | Agreement | Claim) -> tuple[Table, dict[str, Any]]:
    if isinstance(record, Entity):
        return schema.entity, _entity(record)
    return (schema.agreement, _agreement(record)) if isinstance(record, Agreement) else (schema.claim, _claim(record))


def claim_content(claim: Claim) -> str:
    """A claim's content as one text, as it was extracted."""
    return join_content(claim.content)


def join_content(spans: Iterable[Span]) -> str:
    """The spans of a claim's content as one text, with an ellipsis where they are apart."""
    return " … ".join(span.text for span in spans)


def speaker_name(claim: Claim) -> str | None:
    """Who utters a claim: a canonical name, the words that describe the speaker, or AUTHOR."""
    return (claim.speaker.name or claim.speaker.text) if claim.speaker else None


def _first_seen(connection: Connection, table: Table, article_id: str) -> dict[str, datetime]:
    """When each of the article's records came in first, at whatever revision: what returns is not new."""
    query = (
        select(table.c.id, func.min(table.c.first_seen)).where(table.c.article_id == article_id).group_by(table.c.id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _parties_first_seen(connection: Connection, article_id: str) -> dict[tuple[str, str, str], datetime]:
    party, agreement = schema.party, schema.agreement
    key = (party.c.agreement_id, party.c.normal, party.c.role)
    query = (
        select(*key, func.min(party.c.first_seen))
        .where(party.c.agreement_id == agreement.c.id, agreement.c.article_id == article_id)
        .group_by(*key)
    )
    return {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "type": entity.type,
        "canonical": entity.canonical,
        "record": entity.model_dump(mode="json"),
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "id": agreement.id,
        "name": agreement.name,
        "label": agreement.label,
        "kind": agreement.kind,
        "status": agreement.status,
        "record": agreement.model_dump(mode="json"),
        "date": agreement.date,
        "subject": agreement.subject,
        "confidence": agreement.confidence,
        "aliases": list(agreement.aliases),
        "figures": [[each.name, each.unit, each.value] for each in agreement.figures],
        "due": [each.date for each in agreement.due],
        "quote_start": quote.start if (quote := best_quote(agreement)) else None,
    }


def _parties(
    agreement: Agreement, seen: dict[tuple[str, str, str], datetime], saved_at: datetime
) -> Iterable[dict[str, Any]]:
    for at, party in enumerate(agreement.parties):
        normal = normalise(party.entity)
        yield {
            "agreement_id": agreement.id,
            "position": at,
            "entity": party.entity,
            "normal": normal,
            "role": party.role,
            "first_seen": seen.get((agreement.id, normal, party.role), saved_at),
        }


def _acts(agreement: Agreement) -> Iterable[dict[str, Any]]:
    for at, act in enumerate(agreement.acts):
        yield {
            "agreement_id": agreement.id,
            "position": at,
            "act": act.act,
            "polarity": act.polarity,
            "basis": act.basis,
            "date": act.date,
        }


def _claim(claim: Claim) -> dict[str, Any]:
    content, speaker = claim_content(claim), speaker_name(claim)
    return {
        "id": claim.id,
        "type": claim.type,
        "speaker": speaker,
        "speaker_normal": normalise(speaker) if speaker else None,
        "content": content,
        "content_sha256": digest(content),
        "confidence": claim.confidence,
        "record": claim.model_dump(mode="json"),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "content_sha256": digest(passage.text),
    }
