"""Reading what the rows of the register are made of: compact facts of all observations, words of the few that are shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    Select,
    String,
    Table,
    Text,
    case,
    cast,
    extract,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.types import NullType

from pipeline.enumerations import ActType, AgreementKind, Basis, PartyRole, Polarity, Status
from pipeline.records import Agreement
from pipeline.store import schema
from pipeline.store.observations import Actor, Deed, Seen, best_quote, order_seen
from pipeline.store.originals import Originals, find_originals
from pipeline.store.own_facts import load_own_seen, load_own_shown
from pipeline.store.queries import is_current, is_current_revision, is_one_of
from pipeline.store.register_rows import ObservationRow

# The members of closed lists by their values: looking one up so costs .03 µs, calling the enumeration .3, and a row of
# 5,000 articles has 30,000 of them.
_ACTS = {each.value: each for each in ActType}
_POLARITIES = {each.value: each for each in Polarity}
_BASES = {each.value: each for each in Basis}
_ROLES = {each.value: each for each in PartyRole}
_KINDS = {each.value: each for each in AgreementKind}
_STATUSES = {each.value: each for each in Status}


class Shown(NamedTuple):
    """An observation that is shown, and all that its article says of the agreement."""

    observation: ObservationRow
    agreement: Agreement


def load_seen(connection: Connection, row_ids: Collection[str]) -> dict[str, list[Seen]]:
    """All current observations of these rows, the oldest publication first; rows without any are left out."""
    found: dict[str, list[Seen]] = defaultdict(list)
    query = _select_facts().where(is_one_of(schema.link.c.row_id, row_ids))
    for row in connection.execute(query).all():
        found[row.row_id].append(_make_seen(row))
    for row_id, seen in load_own_seen(connection, row_ids).items():
        found[row_id] += seen
    return {row_id: order_seen(seen) for row_id, seen in found.items()}


def load_said(connection: Connection, agreement_ids: Collection[str]) -> dict[str, Seen]:
    """These current observations of articles, by id, whichever rows they stand in."""
    query = _select_facts().where(is_one_of(schema.link.c.agreement_id, agreement_ids))
    return {row.id: _make_seen(row) for row in connection.execute(query)} if agreement_ids else {}


def load_shown(connection: Connection, agreement_ids: Collection[str]) -> dict[str, Shown]:
    """These observations with their words, by id; those that are current no more are left out."""
    if not agreement_ids:
        return {}
    query = _select_shown().where(is_one_of(schema.agreement.c.id, agreement_ids))
    shown = {row.id: _make_shown(row) for row in connection.execute(query)}
    own = load_own_shown(connection, [each for each in agreement_ids if each not in shown])
    return shown | {own_id: Shown(*each) for own_id, each in own.items()}


def load_originals(connection: Connection, article_ids: Iterable[str]) -> Originals:
    """Which of these articles repeat which others; of copies, whatever stands between two of them is followed."""
    table, ids = schema.duplicate, set(article_ids)
    if not ids:
        return Originals()
    query = select(table.c.article_id, table.c.other_id, table.c.kind).where(table.c.article_id.in_(_select_group(ids)))
    return find_originals((row[0], row[1], row[2]) for row in connection.execute(query))


def load_copies(connection: Connection, article_ids: Collection[str]) -> set[tuple[str, str]]:
    """All copies in the groups of these articles, as (copy, original): their copies, the copies of those, and so on."""
    table = schema.duplicate
    query = select(table.c.article_id, table.c.other_id).where(
        table.c.kind == "copy", table.c.article_id.in_(_select_group(article_ids))
    )
    return {(row[0], row[1]) for row in connection.execute(query)} if article_ids else set()


def _select_group(article_ids: Collection[str]) -> Select[Any]:
    """These articles, and whatever is a copy of one of them or that one is a copy of, over however many others."""
    table = schema.duplicate
    ids = cast(sorted(article_ids), ARRAY(Text))
    group = select(func.unnest(ids).label("id")).cte("copies", recursive=True)
    is_one, is_other = table.c.article_id == group.c.id, table.c.other_id == group.c.id
    step = select(case((is_one, table.c.other_id), else_=table.c.article_id)).where(
        table.c.kind == "copy", or_(is_one, is_other)
    )
    return select(group.union(step).c.id)


def _select_facts() -> Select[Any]:
    link, agreement, article, revision = schema.link, schema.agreement, schema.article, schema.revision
    return select(
        link.c.row_id,
        link.c.reason,
        agreement.c.id,
        article.c.id.label("article_id"),
        agreement.c.first_seen,
        agreement.c.label,
        agreement.c.kind,
        agreement.c.confidence,
        agreement.c.name,
        _as_read(agreement.c.aliases),
        agreement.c.status,
        agreement.c.date,
        agreement.c.subject,
        revision.c.published,
        revision.c.publisher,
        article.c.authorities[1].label("authority"),
        _collect(schema.act, schema.act.c.act, schema.act.c.polarity, schema.act.c.basis, schema.act.c.date).label(
            "acts"
        ),
        _collect(
            schema.party,
            schema.party.c.normal,
            schema.party.c.role,
            schema.party.c.entity,
            cast(extract("epoch", schema.party.c.first_seen), Text),
        ).label("parties"),
        agreement.c.figures,
        _as_read(agreement.c.due),
    ).where(link.c.agreement_id == agreement.c.id, is_current(agreement), is_current_revision())


def _as_read(expression: ColumnElement[Any]) -> ColumnElement[Any]:
    """An array as the driver reads it: looking through it once more took a third of reading a large row."""
    return type_coerce(expression, NullType())


def _collect(table: Table, *columns: ColumnElement[Any]) -> ScalarSelect[Any]:
    """The parts of an agreement as an array of arrays, in their order."""
    agreement = schema.agreement
    return (
        select(_as_read(func.array_agg(aggregate_order_by(array(columns), table.c.position))))
        .where(
            table.c.agreement_id == agreement.c.id,
            table.c.revision == agreement.c.revision,
            table.c.fingerprint == agreement.c.fingerprint,
        )
        .correlate(agreement)
        .scalar_subquery()
    )


def _make_seen(row: Row[Any]) -> Seen:
    return Seen(
        agreement_id=row.id,
        article_id=row.article_id,
        first_seen=row.first_seen,
        label=row.label,
        kind=_KINDS[row.kind],
        confidence=row.confidence,
        name=row.name,
        aliases=row.aliases,
        status=_STATUSES[row.status] if row.status else None,
        date=row.date,
        subject=row.subject,
        published=row.published,
        publisher=row.publisher,
        authority=row.authority,
        reason=row.reason,
        acts=[
            Deed(_ACTS[act], _POLARITIES[polarity], _BASES[basis], day) for act, polarity, basis, day in row.acts or ()
        ],
        parties=[
            Actor(normal, _ROLES[role], entity, datetime.fromtimestamp(float(at), UTC))
            for normal, role, entity, at in row.parties or ()
        ],
        figures=[(name, unit, value) for name, unit, value in row.figures],
        due=row.due,
    )


def _select_shown() -> Select[Any]:
    link, agreement, article, revision = schema.link, schema.agreement, schema.article, schema.revision
    return select(
        agreement.c.id,
        link.c.reason,
        link.c.score,
        agreement.c.first_seen,
        cast(agreement.c.record, String).label("record"),
        article.c.id.label("article_id"),
        article.c.address,
        revision.c.url,
        revision.c.title,
        revision.c.publisher,
        revision.c.published,
        article.c.authorities[1].label("authority"),
    ).where(link.c.agreement_id == agreement.c.id, is_current(agreement), is_current_revision())


def _make_shown(row: Row[Any]) -> Shown:
    agreement = Agreement.model_validate_json(row.record)
    observation = ObservationRow(
        agreement_id=agreement.id,
        article_id=row.article_id,
        address=row.address,
        url=row.url,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        authority=row.authority,
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
    return Shown(observation, agreement)
