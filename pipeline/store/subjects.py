"""What is decided on: a record as it stands now, found by its id, with what a decision keeps of it."""

import json
from collections.abc import Collection
from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Select, String, Table, cast, func, literal_column, null, select
from sqlalchemy import Row as SqlRow

from pipeline.corrections import find_places, plain_values
from pipeline.errors import InputError
from pipeline.store import schema
from pipeline.store.links import resolve_row
from pipeline.store.queries import is_current, is_current_revision, only_id
from pipeline.store.rows import Row
from pipeline.store.store import Store

_SHORTEST_ID = 6  # as for every command that takes an id


class Subject(Row):
    """A record that can be decided on, as it stands now."""

    record_id: str
    values: dict[str, Any]  #: its fields without their places in the text, as extracted; empty where nothing is kept
    places: dict[str, Any] = Field(default_factory=dict)  #: its fields that are places in the text, as extracted
    kind: str | None = None  #: an agreement's or a claim's kind, an entity's type
    quote: str | None = None  #: its first words
    quotes: tuple[str, ...] = ()  #: all words that name it
    article_id: str | None = None
    text_sha256: str | None = None
    extractor: str | None = None


def find_subject_id(connection: Connection, record_id: str) -> str:
    """The whole id of a record that can be decided on, by itself or its beginning; of a merged row, where it went.

    Raises:
        NotFoundError: no current record bears it.
        InputError: several do, or it is of no sort that can be decided on.
    """
    table = _tables().get(record_id[:2])
    if table is None or record_id[2:3] != "-":
        raise InputError(
            f"{record_id} is nothing to decide on: rows (rw-…), agreements (ag-…), claims (cl-…), entities (en-…) and "
            "themes (th-…) are"
        )
    if len(record_id) < _SHORTEST_ID:
        raise InputError(f"{record_id} is too short: give at least {_SHORTEST_ID} characters of the id.")
    query = select(table.c.id).where(*_conditions(table))
    whole = connection.execute(
        query.where(table.c.id == record_id).limit(1)
    ).scalar()  # by the index, whatever the locale
    begun = query.where(table.c.id.startswith(record_id, autoescape=True)).distinct().limit(6)
    found = whole or only_id(list(connection.execute(begun).scalars()), record_id)
    return resolve_row(connection, found) if table is schema.register_row else found


def resolve_subject(store: Store, record_id: str) -> str:
    """The whole id of a record; a whole id may also be of one that is there no more, but was decided on.

    Raises:
        NotFoundError: nothing bears it.
    """
    with store.begin() as connection:
        decided = select(schema.decision.c.record_id).where(schema.decision.c.record_id == record_id).limit(1)
        return connection.execute(decided).scalar() or find_subject_id(connection, record_id)


def load_subjects(connection: Connection, record_ids: Collection[str]) -> dict[str, Subject]:
    """These records (whole ids) as they stand now, by id; what is current no more is left out.

    Their articles cannot be saved anew until the transaction ends: a decision is on what its record is then.
    """
    found: dict[str, Subject] = {}
    for prefix, table in _tables().items():
        ids = sorted({each for each in record_ids if each.startswith(f"{prefix}-")})
        if ids:
            query = _select_subjects(table).where(table.c.id.in_(ids))
            if _is_of_article(table):
                query = query.with_for_update(read=True, of=schema.article)
            found |= {row.id: _make_subject(row) for row in connection.execute(query)}
    return found


def load_article_subjects(connection: Connection, article_id: str) -> list[Subject]:
    """All current records of an article that can be decided on, in the order of the text."""
    return [
        _make_subject(row)
        for table in (schema.agreement, schema.claim, schema.entity)
        for row in connection.execute(
            _select_subjects(table).where(table.c.article_id == article_id).order_by(table.c.position)
        )
    ]


def make_quotes(record_id: str, record: dict[str, Any]) -> tuple[str, ...]:
    """The words that name a record: an agreement's and an entity's mentions, a claim's content."""
    spans = record.get("content" if record_id.startswith("cl-") else "mentions") or []
    return tuple(dict.fromkeys(str(each["text"]) for each in spans))


def _tables() -> dict[str, Table]:
    return {
        "ag": schema.agreement,
        "cl": schema.claim,
        "en": schema.entity,
        "rw": schema.register_row,
        "ow": schema.own_agreement,
        "ac": schema.actor,
        "th": schema.theme,
    }


def _is_of_article(table: Table) -> bool:
    return "article_id" in table.c


def _conditions(table: Table) -> list[ColumnElement[bool]]:
    if _is_of_article(table):
        return [is_current(table)]
    return [~table.c.is_withdrawn] if table is schema.own_agreement else []


def _select_subjects(table: Table) -> Select[Any]:
    """Id, record (as text: parsed once), article, fingerprint and digest of the text."""
    if _is_of_article(table):
        facts: list[ColumnElement[Any]] = [schema.article.c.id, table.c.fingerprint, schema.revision.c.sha256]
        record: ColumnElement[Any] = table.c.record
        conditions = [*_conditions(table), is_current_revision()]
    else:
        facts = [null(), null(), null()]
        record = table.c.record if "record" in table.c else func.to_jsonb(literal_column(table.name))
        conditions = _conditions(table)
    names = ("article_id", "fingerprint", "sha256")
    labelled = [fact.label(name) for fact, name in zip(facts, names, strict=True)]
    return select(table.c.id, cast(record, String).label("record"), *labelled).where(*conditions)


def _make_subject(row: SqlRow[Any]) -> Subject:
    record = json.loads(row.record or "{}")
    quotes = make_quotes(row.id, record) if row.article_id else ()
    return Subject(
        record_id=row.id,
        values=plain_values(row.id, record),
        places=find_places(row.id, record) if row.article_id else {},
        kind=record.get("type") or record.get("kind"),
        quote=next(iter(quotes), None),
        quotes=quotes,
        article_id=row.article_id,
        text_sha256=row.sha256,
        extractor=row.fingerprint,
    )
