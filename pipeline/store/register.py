"""Rows of the register, each with all its observations."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, String, case, cast, func, select

from pipeline.records import Agreement, normalise
from pipeline.sources.catalog import Authority
from pipeline.store import schema
from pipeline.store.duplicates import load_originals
from pipeline.store.filters import RegisterFilter
from pipeline.store.observations import Seen, best_quote, make_row
from pipeline.store.queries import has_words, is_current, is_current_revision
from pipeline.store.rows import ObservationRow, RegisterRow

_PartyDays = dict[str, dict[tuple[str, str], datetime]]


def load_rows(
    connection: Connection, rows: Select[tuple[str]] | Collection[str], *, as_of: str | None = None
) -> list[RegisterRow]:
    """The rows with these ids (a collection, or a query for them), as they stand, or stood on a day of publication."""
    found = load_seen(connection, rows, as_of=as_of)
    originals = load_originals(connection)
    return [make_row(row_id, first_seen, seen, originals=originals) for (row_id, first_seen), seen in found.items()]


def load_seen(
    connection: Connection, rows: Select[tuple[str]] | Collection[str], *, as_of: str | None = None
) -> dict[tuple[str, datetime], list[Seen]]:
    """All observations of these rows, by (row id, first seen)."""
    is_wanted = schema.link.c.row_id.in_(rows.correlate(None) if isinstance(rows, Select) else rows)
    found: dict[tuple[str, datetime], list[Seen]] = defaultdict(list)
    parties = _load_party_days(connection, is_wanted)
    query = _select_observations().where(is_wanted)
    if as_of:
        query = query.where(func.left(schema.revision.c.published, len(as_of)) <= as_of)
    for row in connection.execute(query):
        found[row.row_id, row.row_first_seen].append(_make_seen(row, parties))
    return found


def last_published(row: RegisterRow) -> str:
    """The youngest publication of a row's articles; empty where all are undated."""
    return max((each.published or "" for each in row.observations), default="")


def select_rows(wanted: RegisterFilter) -> Select[tuple[str]]:
    """The ids of the rows that a filter asks for; status and day are left to the caller."""
    agreement, link = schema.agreement, schema.link
    query = select(link.c.row_id).where(
        link.c.agreement_id == agreement.c.id, agreement.c.article_id == schema.article.c.id, is_current(agreement)
    )
    if wanted.text:
        aliases, subject = agreement.c.record["aliases"].astext, agreement.c.record["subject"].astext
        query = query.where(has_words(wanted.text, agreement.c.label, agreement.c.name, aliases, subject))
    if wanted.kind:
        query = query.where(agreement.c.kind == wanted.kind)
    if wanted.article_id:
        query = query.where(agreement.c.article_id == wanted.article_id)
    if wanted.party or wanted.role:
        query = query.where(_has_party(wanted))
    return query


def _has_party(wanted: RegisterFilter) -> ColumnElement[bool]:
    party, agreement = schema.party, schema.agreement
    conditions = [
        party.c.agreement_id == agreement.c.id,
        party.c.revision == agreement.c.revision,
        party.c.fingerprint == agreement.c.fingerprint,
    ]
    if wanted.party:
        conditions.append(party.c.normal == normalise(wanted.party))
    if wanted.role:
        conditions.append(party.c.role == wanted.role)
    return select(1).where(*conditions).exists()


def _select_observations() -> Select[Any]:
    link, row, agreement = schema.link, schema.register_row, schema.agreement
    article, revision = schema.article, schema.revision
    return select(
        link.c.row_id,
        link.c.reason,
        link.c.score,
        row.c.first_seen.label("row_first_seen"),
        agreement.c.first_seen,
        cast(agreement.c.record, String).label("record"),
        article.c.id.label("article_id"),
        article.c.address,
        revision.c.url,
        revision.c.title,
        revision.c.publisher,
        revision.c.published,
        _select_authority().label("authority"),
    ).where(
        link.c.row_id == row.c.id,
        link.c.agreement_id == agreement.c.id,
        is_current(agreement),
        is_current_revision(),
    )


def _select_authority() -> ScalarSelect[Any]:
    """Who speaks in an article: the most authoritative of the sources that one of its addresses came from."""
    address, raw, state = schema.address, schema.raw_article, schema.source_state
    rank = case({name.value: place for place, name in enumerate(Authority)}, value=state.c.authority)
    query = select(state.c.authority).where(
        address.c.article_id == schema.article.c.id, raw.c.id == address.c.raw_id, state.c.source == raw.c.source
    )
    return query.order_by(rank).limit(1).correlate(schema.article).scalar_subquery()


def _load_party_days(connection: Connection, is_wanted: ColumnElement[bool]) -> _PartyDays:
    party, link = schema.party, schema.link
    key = (party.c.agreement_id, party.c.normal, party.c.role)
    query = (
        select(*key, func.min(party.c.first_seen))
        .where(party.c.agreement_id == link.c.agreement_id, is_wanted)
        .group_by(*key)
    )
    days: _PartyDays = defaultdict(dict)
    for agreement_id, normal, role, first_seen in connection.execute(query):
        days[agreement_id][normal, role] = first_seen
    return days


def _make_seen(row: Row[Any], parties: _PartyDays) -> Seen:
    agreement = Agreement.model_validate_json(row.record)
    observation = ObservationRow(
        agreement_id=agreement.id,
        article_id=row.article_id,
        address=row.address,
        url=row.url,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        name=agreement.name,
        label=agreement.label,
        kind=agreement.kind,
        status=agreement.status,
        date=agreement.date,
        subject=agreement.subject,
        figures=agreement.figures,
        quote=best_quote(agreement),
        confidence=agreement.confidence,
        reason=row.reason,
        score=row.score,
        first_seen=row.first_seen,
    )
    return Seen(observation, agreement, parties.get(agreement.id, {}), row.authority)
