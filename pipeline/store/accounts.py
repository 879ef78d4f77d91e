"""Accounts: who may sign in, and what they may do. Whatever changes one ends its sessions and stands in the audit."""

import re
import unicodedata
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Connection, Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert as put

from pipeline.enumerations import Role
from pipeline.errors import InputError, NotFoundError
from pipeline.store.account_tables import account, session
from pipeline.store.audit import NewAct, add_act
from pipeline.store.row import Row
from pipeline.store.store import Store, now

# Names of people and mail addresses, as directories have them; nothing that looks like another name.
_NAME = re.compile(r"\w[\w.@+'-]{0,99}")
_COLUMNS = (account.c.name, account.c.role, account.c.made_at, account.c.changed_at)


class Account(Row):
    """An account; its password never leaves the store but to be compared."""

    name: str
    role: Role
    has_password: bool  #: if not, only a trusted proxy can sign it in
    made_at: AwareDatetime
    changed_at: AwareDatetime


class NewAccount(Row):
    """An account to add."""

    name: str
    role: Role
    password: str | None = None  #: its hash


class By(Row):
    """Who changes an account, and from where in the network (None: from the command line)."""

    who: str
    address: str | None = None


def make_account_name(name: str) -> str:
    """A name as it is kept and compared: ``Ana.Sole@Example.org`` -> ``ana.sole@example.org``.

    Raises:
        InputError: it is empty, too long, or has other characters than letters, digits and ``. @ + - _ '``.
    """
    made = unicodedata.normalize("NFKC", name.strip()).casefold()
    if not _NAME.fullmatch(made):
        raise InputError(f"{name[:100]!r} is no name for an account: letters, digits and . @ + - _ ' (at most 100)")
    return made


def add_account(store: Store, new: NewAccount, *, by: By) -> Account:
    """Add an account.

    Raises:
        InputError: there is one of that name, or the name cannot be.
    """
    name, moment = make_account_name(new.name), now()
    values = {"name": name, "role": new.role, "password": new.password, "made_at": moment, "changed_at": moment}
    with store.begin() as connection:
        added = connection.execute(put(account).values(values).on_conflict_do_nothing().returning(account.c.name))
        if added.scalar() is None:
            raise InputError(f"There is an account {name} already: entente user role changes its role.")
        _note(connection, by, "account added", name, role=new.role)
        return _load(connection, name)


def has_accounts(store: Store) -> bool:
    """Whether there is any account; without one only this machine's own user is let in."""
    with store.begin() as connection:
        return connection.execute(select(account.c.name).limit(1)).first() is not None


def load_accounts(store: Store, *, after: str = "", limit: int = 50) -> list[Account]:
    """Accounts by name, from the one after ``after`` on."""
    query = _select().where(account.c.name > after).order_by(account.c.name).limit(limit)
    with store.begin() as connection:
        return [Account.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def load_account(store: Store, name: str) -> Account:
    """The account of a name.

    Raises:
        NotFoundError: there is none.
    """
    with store.begin() as connection:
        return _load(connection, make_account_name(name))


def load_password(store: Store, name: str) -> str | None:
    """The hash of an account's password; None where there is no such account, or none that signs in by password."""
    with store.begin() as connection:
        return connection.execute(select(account.c.password).where(account.c.name == name)).scalar()


def set_role(store: Store, name: str, role: Role, *, by: By) -> Account:
    """Give an account another role; its sessions end.

    Raises:
        NotFoundError: there is no such account.
    """
    with store.begin() as connection:
        before = _load(connection, make_account_name(name))
        _change(connection, before.name, role=role)
        _note(connection, by, "role changed", before.name, before=before.role, role=role)
        return _load(connection, before.name)


def set_password(store: Store, name: str, password: str, *, by: By) -> Account:
    """Give an account another password (its hash); its sessions end.

    Raises:
        NotFoundError: there is no such account.
    """
    with store.begin() as connection:
        before = _load(connection, make_account_name(name))
        _change(connection, before.name, password=password)
        _note(connection, by, "password changed", before.name)
        return _load(connection, before.name)


def renew_hash(store: Store, name: str, *, before: str, after: str) -> None:
    """Keep the same password with a newer hash, unless it was changed meanwhile; nothing else changes."""
    same = (account.c.name == name) & (account.c.password == before)
    with store.begin() as connection:
        connection.execute(update(account).where(same).values(password=after))


def remove_account(store: Store, name: str, *, by: By) -> None:
    """Remove an account and its sessions; what it decided stays, under its name.

    Raises:
        NotFoundError: there is no such account.
    """
    with store.begin() as connection:
        before = _load(connection, make_account_name(name))
        connection.execute(delete(account).where(account.c.name == before.name))
        _note(connection, by, "account removed", before.name, role=before.role)


def _change(connection: Connection, name: str, **values: str) -> None:
    connection.execute(update(account).where(account.c.name == name).values(**values, changed_at=now()))
    connection.execute(delete(session).where(session.c.account == name))


def _note(connection: Connection, by: By, what: str, name: str, **detail: str) -> None:
    add_act(connection, NewAct(who=by.who, what=what, subject=name, address=by.address, detail=detail))


def _load(connection: Connection, name: str) -> Account:
    row = connection.execute(_select().where(account.c.name == name)).mappings().first()
    if row is None:
        raise NotFoundError(f"There is no account {name}; entente user list shows them.")
    return Account.model_validate(dict(row))


def _select() -> Select[Any]:
    return select(*_COLUMNS, account.c.password.is_not(None).label("has_password"))
