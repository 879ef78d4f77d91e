"""The analyst's own knowledge: agreements that a person or a spreadsheet tells of, not an article.

They are observations like those of articles (they are linked, and stand in a register row's list), marked by their origin.
What was entered stays as it was; corrections lie over it like those of extracted records.
"""

import json
from collections.abc import Collection
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Connection, Select, insert, select, update
from sqlalchemy import Row as SqlRow

from pipeline.corrections import ActValue, DueValue, FigureValue, PartyValue
from pipeline.enumerations import AgreementKind, Origin, Status
from pipeline.records import IsoDate
from pipeline.store import schema
from pipeline.store.queries import is_one_of
from pipeline.store.rows import Row
from pipeline.store.standing import load_standing


class OwnAgreement(Row):
    """An observation without an article: who entered it, when, and from where they say they have it."""

    id: str  #: ``ow-…``
    origin: Origin  #: person or import, never article
    who: str
    entered_at: AwareDatetime
    source: str | None = None  #: in their words; of an import the name of the file
    url: str | None = None
    quote: str | None = None
    name: str | None = None
    label: str
    aliases: tuple[str, ...] = ()
    kind: AgreementKind
    status: Status | None = None
    date: IsoDate | None = None
    subject: str | None = None
    legal_form: str | None = None
    reference: str | None = None
    obligations: tuple[str, ...] = ()
    parties: tuple[PartyValue, ...] = ()
    acts: tuple[ActValue, ...] = ()
    figures: tuple[FigureValue, ...] = ()
    due: tuple[DueValue, ...] = ()


def load_own(connection: Connection, own_ids: Collection[str]) -> list[OwnAgreement]:
    """These own observations (``ow-…``) with their corrections applied; withdrawn and unknown ones are left out."""
    own = schema.own_agreement
    query = _select_own().where(is_one_of(own.c.id, own_ids)).order_by(own.c.number)
    return [_make_own(row) for row in connection.execute(query)]


def load_unlinked_own(connection: Connection, *, limit: int) -> list[OwnAgreement]:
    """Own observations that are new or changed since they were linked, those that were entered first at the front.

    :func:`mark_own_linked` takes them off the list.
    """
    own = schema.own_agreement
    query = _select_own().where(~own.c.is_linked).order_by(own.c.number).limit(limit)
    return [_make_own(row) for row in connection.execute(query)]


def load_withdrawn(connection: Connection, *, limit: int) -> list[str]:
    """Own observations that were withdrawn, or withdrawn and never linked, for linking to take out of their rows."""
    own = schema.own_agreement
    query = select(own.c.id).where(own.c.is_withdrawn, ~own.c.is_linked).order_by(own.c.number).limit(limit)
    return list(connection.execute(query).scalars())


def mark_own_linked(connection: Connection, own_ids: Collection[str], *, is_linked: bool = True) -> None:
    """Note that these own observations stand in their rows (or are to be linked anew)."""
    own = schema.own_agreement
    connection.execute(update(own).where(is_one_of(own.c.id, own_ids)).values(is_linked=is_linked))


def insert_own(connection: Connection, agreement: OwnAgreement, values: dict[str, Any], *, key: str) -> None:
    """Put a new observation of one's own in, with its values as they were entered; an import finds it by the key."""
    facts = agreement.model_dump(include={"id", "origin", "who", "entered_at", "source", "url", "quote"})
    connection.execute(
        insert(schema.own_agreement).values(
            **facts,
            key=key,
            entered=values,
            record=values,
            is_withdrawn=False,
            is_linked=False,
        )
    )


def refresh_own(connection: Connection, own_ids: Collection[str]) -> None:
    """Apply what is in force to these own observations; they are linked anew, since a name or a party may differ now."""
    own = schema.own_agreement
    standing = load_standing(connection, own_ids) if own_ids else {}
    query = select(own.c.id, own.c.entered).where(is_one_of(own.c.id, standing))
    for own_id, entered in connection.execute(query).all():
        record = entered | standing[own_id].fields
        changed = update(own).where(own.c.id == own_id, own.c.record != record)
        connection.execute(changed.values(record=record, is_linked=False))


def withdraw_own(connection: Connection, own_id: str, *, is_withdrawn: bool) -> set[str]:
    """Leave an own observation out of the register, or put it back; gives back the rows that it stands in.

    Linking takes it out of its row (:func:`load_withdrawn`): it knows by what the others there are to be found.
    """
    own, link = schema.own_agreement, schema.link
    connection.execute(update(own).where(own.c.id == own_id).values(is_withdrawn=is_withdrawn, is_linked=False))
    return set(connection.execute(select(link.c.row_id).where(link.c.agreement_id == own_id)).scalars())


def save_imported(connection: Connection, own_id: str, values: dict[str, Any]) -> None:
    """Note what the last import says of an observation, to compare the next with; what changed are decisions."""
    own = schema.own_agreement
    connection.execute(update(own).where(own.c.id == own_id).values(imported=values))


def _select_own() -> Select[Any]:
    own = schema.own_agreement
    names = ("id", "origin", "who", "entered_at", "source", "url", "quote", "record")
    return select(*(own.c[name] for name in names)).where(~own.c.is_withdrawn)


def _make_own(row: SqlRow[Any]) -> OwnAgreement:
    facts = dict(row._mapping)
    # By way of JSON: the values in it are strict, and know their lists from JSON's words.
    return OwnAgreement.model_validate_json(json.dumps(facts.pop("record") | facts, default=str))
