"""The audit: who signed in, decided, exported or changed an account, and when. It only grows.

Decisions note themselves, by a trigger, in their own transaction; all else is noted by who does it.
"""

from typing import Any

from pydantic import AwareDatetime, Field
from sqlalchemy import Connection, insert, select

from pipeline.store.account_tables import audit
from pipeline.store.filters import Filter
from pipeline.store.row import Row
from pipeline.store.store import Store, now

# What is noted of a name or address that anybody may send.
_LONGEST = 200


class NewAct(Row):
    """What somebody did.

    Attributes:
        who: name of the account; None where nobody is known by that name.
        what: in a few fixed words: ``sign-in``, ``sign-in refused``, ``export``, ``role changed``.
        subject: on what: a record's id, a file, another account.
        address: from where in the network; None: from the command line.
        detail: what else is worth knowing, as JSON; never a password, token or cookie.
    """

    who: str | None
    what: str
    subject: str | None = None
    address: str | None = None
    detail: dict[str, Any] = Field(default_factory=dict)


class Act(NewAct):
    """An act as it was noted."""

    number: int
    at: AwareDatetime


class AuditFilter(Filter):
    """Which acts to list."""

    who: str | None = None
    what: str | None = None
    before: int | None = None  #: number of the act before which to go on
    limit: int = Field(default=50, ge=1, le=1000)


def note(store: Store, act: NewAct) -> None:
    """Add an act to the audit, in a transaction of its own."""
    with store.begin() as connection:
        add_act(connection, act)


def add_act(connection: Connection, act: NewAct) -> None:
    """Add an act to the audit, in the transaction that does it."""
    values = act.model_dump() | {"at": now(), "subject": _cut(act.subject), "address": _cut(act.address)}
    connection.execute(insert(audit).values(values))


def load_acts(store: Store, wanted: AuditFilter | None = None) -> list[Act]:
    """Acts, the latest first; go on with ``before`` the number of the last one."""
    wanted = wanted or AuditFilter()
    query = select(audit).order_by(audit.c.number.desc()).limit(wanted.limit)
    for name in ("who", "what"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(audit.c[name] == value)
    if wanted.before is not None:
        query = query.where(audit.c.number < wanted.before)
    with store.begin() as connection:
        return [Act.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def _cut(text: str | None) -> str | None:
    """A text as it can be kept: NUL and halves of characters, which the database refuses, are shown as marks."""
    if text is None:
        return None
    return text[:_LONGEST].replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
