"""Signing in by name and password."""

from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.review.passwords import verify_password
from pipeline.store.accounts import load_password, make_account_name, renew_hash
from pipeline.store.audit import NewAct, note
from pipeline.store.sessions import NewSession, start_session
from pipeline.store.store import Store


@dataclass(frozen=True, slots=True, repr=False)
class Attempt:
    """Somebody who tries to sign in. It has no ``repr``: nothing shows a password by accident."""

    name: str
    password: str
    address: str
    agent: str


def clean_name(name: str) -> str:
    """A name as accounts have it; what could be no account's stays as it was typed, and is refused like a wrong one."""
    try:
        return make_account_name(name)
    except InputError:
        return name[:100]


def sign_in(store: Store, attempt: Attempt) -> str | None:
    """The token of a new session; None where name or password are wrong, which stands in the audit."""
    kept = load_password(store, attempt.name) if "\0" not in attempt.name else None
    is_right, newer = verify_password(attempt.password, kept)
    if not is_right:
        note(store, NewAct(who=None, what="sign-in refused", subject=attempt.name, address=attempt.address))
        return None
    if newer and kept:
        renew_hash(store, attempt.name, before=kept, after=newer)
    return start_session(store, NewSession(account=attempt.name, address=attempt.address, agent=attempt.agent))
