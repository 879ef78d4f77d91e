"""Sessions: who is signed in. A session is known by a random token that only the browser has; its digest stands here."""

import hashlib
import secrets
from datetime import datetime, timedelta

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from pipeline.enumerations import Role
from pipeline.errors import NotFoundError
from pipeline.store.account_tables import account, session
from pipeline.store.accounts import By
from pipeline.store.audit import NewAct, add_act
from pipeline.store.row import Row
from pipeline.store.store import Store, now

IDLE = timedelta(hours=12)  #: a working day, without signing in again after lunch
ABSOLUTE = timedelta(days=7)  #: after which the password is asked for, however busy one was
# How stale "seen last" may be: without it each page that is looked at would be a write.
_STALE = timedelta(minutes=1)
_LONGEST_AGENT = 200
_COLUMNS = [each for each in session.c if each.name != "digest"]


class Session(Row):
    """A session, without what would open it."""

    number: int
    account: str
    started_at: AwareDatetime
    seen_at: AwareDatetime
    address: str
    agent: str


class SignedIn(Row):
    """Whom a token belongs to."""

    number: int  #: of the session
    name: str
    role: Role


class NewSession(Row):
    """A session to start, for somebody who has shown who they are."""

    account: str
    address: str
    agent: str = ""


def start_session(store: Store, new: NewSession) -> str:
    """Sign somebody in; gives the token, which is kept nowhere. Sessions that have run out are swept away.

    Raises:
        NotFoundError: the account was removed meanwhile.
    """
    token, moment = secrets.token_urlsafe(32), now()
    agent = new.agent[:_LONGEST_AGENT].replace("\0", "")
    values = {"digest": _digest(token), "started_at": moment, "seen_at": moment, "agent": agent}
    with store.begin() as connection:
        connection.execute(delete(session).where(_is_over(moment)))
        found = connection.execute(select(account.c.name).where(account.c.name == new.account).with_for_update())
        if found.first() is None:
            raise NotFoundError(f"There is no account {new.account} any more.")
        connection.execute(insert(session).values(account=new.account, address=new.address, **values))
        add_act(connection, NewAct(who=new.account, what="sign-in", subject=new.account, address=new.address))
    return token


def find_signed_in(store: Store, token: str) -> SignedIn | None:
    """Whom a token belongs to; None where its session has ended, has run out, or never was."""
    moment = now()
    columns = (session.c.number, session.c.seen_at, account.c.name, account.c.role)
    query = (
        select(*columns)
        .join(account, account.c.name == session.c.account)
        .where(session.c.digest == _digest(token), ~_is_over(moment))
    )
    with store.begin() as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        if moment - row.seen_at > _STALE:
            connection.execute(update(session).where(session.c.number == row.number).values(seen_at=moment))
    return SignedIn(number=row.number, name=row.name, role=Role(row.role))


def load_sessions(store: Store, name: str | None = None, *, limit: int = 50) -> list[Session]:
    """The sessions under way, of one account or of all, the one seen last first."""
    query = select(*_COLUMNS).where(~_is_over(now())).order_by(session.c.seen_at.desc()).limit(limit)
    if name is not None:
        query = query.where(session.c.account == name)
    with store.begin() as connection:
        return [Session.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def end_session(store: Store, number: int, *, by: By, of: str | None = None) -> None:
    """Sign one session out; ``of``: only if it is this account's.

    Raises:
        NotFoundError: there is no such session (any more).
    """
    query = delete(session).where(session.c.number == number).returning(session.c.account)
    if of is not None:
        query = query.where(session.c.account == of)
    with store.begin() as connection:
        name = connection.execute(query).scalar()
        if name is None:
            raise NotFoundError("That session has ended already.")
        _note_end(connection, by, name)


def end_sessions(store: Store, name: str, *, by: By) -> int:
    """Sign an account out everywhere; gives how many sessions that ended."""
    with store.begin() as connection:
        ended = connection.execute(delete(session).where(session.c.account == name)).rowcount
        _note_end(connection, by, name)
    return ended


def _note_end(connection: Connection, by: By, name: str) -> None:
    what = "sign-out" if by.who == name else "session ended"
    add_act(connection, NewAct(who=by.who, what=what, subject=name, address=by.address))


def _is_over(moment: datetime) -> ColumnElement[bool]:
    return or_(session.c.started_at <= moment - ABSOLUTE, session.c.seen_at <= moment - IDLE)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
