"""Entering what one knows oneself: a new observation is a decision too (``create``), and so is each later change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from pipeline.corrections import check_values
from pipeline.decisions import Decision
from pipeline.enumerations import DecisionAction, Origin
from pipeline.errors import InputError
from pipeline.records import Record, make_record_id, normalise
from pipeline.store.decisions import append
from pipeline.store.locks import lock_register
from pipeline.store.own import OwnAgreement, insert_own
from pipeline.store.store import Store, now


class NewEntry(Record):
    """An agreement that somebody knows of, with the values of its fields."""

    who: str
    origin: Origin = Origin.PERSON
    values: dict[
        str, Any
    ]  #: as :class:`pipeline.corrections.AgreementValues`; the label may be left out where there is a name
    source: str | None = None  #: from where they have it, in their words; of an import the name of the file
    url: str | None = None
    quote: str | None = None
    batch: str | None = None


def create(store: Store, new: NewEntry) -> Decision:
    """Enter an agreement; it is linked into the register by the next run of linking.

    Raises:
        InputError: it has no name or label, or a field has a value that it cannot have.
    """
    with store.begin() as connection:
        lock_register(connection)
        return add_entry(connection, new)


def add_entry(connection: Connection, new: NewEntry, *, key: str | None = None, place: int = 0) -> Decision:
    """As :func:`create`, in the caller's transaction.

    Args:
        connection: of the transaction.
        new: the entry.
        key: what an import finds it by again; by default its name, as it is compared.
        place: tells apart what is entered at one moment (the line of a file).
    """
    if new.origin is Origin.ARTICLE:
        raise InputError("What an article says is extracted, not entered.")
    values = complete_values(new.values)
    at = now()
    own_id = make_record_id("ow", new.who, _make_anchor(values, at), place)
    facts = new.model_dump(include={"who", "origin", "source", "url", "quote"})
    own = OwnAgreement.model_validate({"id": own_id, "entered_at": at, "label": "", "kind": values["kind"]} | facts)
    insert_own(connection, own, values, key=key or normalise(values["label"]))
    made = Decision(
        who=new.who,
        when=at,
        record_id=own_id,
        action=DecisionAction.CREATE,
        after=values,
        quote=new.quote,
        batch=new.batch,
        kind=values["kind"],
    )
    return append(connection, made)


def complete_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an entry, checked and complete; the name is the label where none is given.

    Raises:
        InputError: a field has no value it can have.
    """
    label = values.get("label") or values.get("name")
    if not label:
        raise InputError("name: an agreement needs a name, or a label where it has none")
    return check_values("ow-", {**values, "label": label})


def _make_anchor(values: Mapping[str, Any], at: datetime) -> str:
    return f"{values['label']} {at.isoformat()}"
