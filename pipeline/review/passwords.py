"""Passwords: hashed with Argon2id, compared in constant time, and never kept, logged or shown."""

from functools import cache
from threading import Semaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from pipeline.errors import InputError

# 64 MiB, 3 rounds, 4 lanes: RFC 9106's second choice, some 0.1 s of a core.
_HASH = PasswordHash((Argon2Hasher(),))
# Each takes 64 MiB and a core: more at once would let anybody fill the memory by signing in.
_AT_ONCE = Semaphore(2)
SHORTEST, LONGEST = 12, 1000


def check_password(password: str, *, again: str, name: str) -> None:
    """Whether it was typed the same twice and is good enough; long is what counts, not signs and digits.

    Raises:
        InputError: it is not, with the reason.
    """
    if password != again:
        raise InputError("The password was not typed the same twice.")
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}.")
    if name.casefold() in password.casefold() and len(password) < len(name) + SHORTEST:
        raise InputError("The password has the account's name in it and little else; take another one.")
    if len(set(password)) < 5:
        raise InputError("The password repeats a few characters; take another one.")


def hash_password(password: str) -> str:
    """The hash to keep: ``$argon2id$v=19$m=65536,t=3,p=4$…``."""
    with _AT_ONCE:
        return _HASH.hash(password)


def verify_password(password: str, kept: str | None) -> tuple[bool, str | None]:
    """Whether it is the one that was kept, and a newer hash of it where the old one is weaker than those made today.

    Args:
        password: as it was typed.
        kept: the hash of the account; None where there is no account, which takes as long and is always wrong.
    """
    with _AT_ONCE:
        try:
            is_right, newer = _HASH.verify_and_update(password[: LONGEST + 1], kept or _hash_nothing())
        except UnknownHashError:
            return False, None
    return (is_right, newer) if kept else (False, None)


@cache
def _hash_nothing() -> str:
    """To compare with where there is no account: names without one take as long as those with one."""
    return _HASH.hash("")
