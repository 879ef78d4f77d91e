import threading
import time

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from pipeline.errors import InputError
from pipeline.review import passwords
from pipeline.review.passwords import check_password, hash_password, verify_password


def test_a_password_is_hashed_with_argon2id_as_rfc_9106_has_it():
    kept = hash_password("five brown herons")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert verify_password("five brown herons", kept) == (True, None)
    assert verify_password("five brown heron", kept) == (False, None)


def test_the_same_password_twice_is_two_hashes(weak):
    assert hash_password("five brown herons") != hash_password("five brown herons")


@pytest.mark.parametrize("password", ["", "five brown herons", "x" * 100_000, "\0", "\U0001f426 five brown herons"])
def test_without_an_account_no_password_is_right(weak, password):
    assert verify_password(password, None) == (False, None)


def test_what_is_no_hash_opens_nothing(weak):
    assert verify_password("x", "x") == (False, None)


def test_a_weaker_hash_of_older_days_is_renewed(weak):
    old = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=16, parallelism=1),)).hash("five brown herons")
    is_right, newer = verify_password("five brown herons", old)
    assert is_right
    assert newer is not None
    assert verify_password("five brown herons", newer) == (True, None)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "12 to 1000"),
        ("x" * 1001, "12 to 1000"),
        ("abababababababab", "repeats"),
        ("ana.sole-1234", "account's name"),
    ],
)
def test_a_bad_password_is_refused_with_its_reason(password, reason):
    with pytest.raises(InputError, match=reason):
        check_password(password, again=password, name="ana.sole")


@pytest.mark.parametrize("password", ["five brown herons", "correct horse battery", "ana.sole likes five brown herons"])
def test_a_long_one_is_good_enough(password):
    check_password(password, again=password, name="ana.sole")


def test_at_most_two_are_hashed_at_once(monkeypatch):
    under_way, most = 0, 0

    class Slow:
        def hash(self, password):
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            time.sleep(0.02)
            under_way -= 1

    monkeypatch.setattr(passwords, "_HASH", Slow())
    threads = [threading.Thread(target=hash_password, args=("x",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2
