import pytest

from pipeline.enumerations import Role
from pipeline.review.passwords import hash_password
from pipeline.review.sign_in import Attempt, clean_name, sign_in
from pipeline.store.accounts import By, NewAccount, add_account, load_password
from pipeline.store.audit import load_acts


def make_attempt(name="ana", password="five brown herons") -> Attempt:
    return Attempt(name=name, password=password, address="192.0.2.1", agent="a browser")


@pytest.mark.parametrize(("typed", "name"), [(" Ana ", "ana"), ("a b", "a b"), ("", ""), ("x" * 500, "x" * 100)])
def test_a_name_as_accounts_have_it(typed, name):
    assert clean_name(typed) == name


def test_an_attempt_does_not_show_its_password():
    assert "herons" not in repr(make_attempt())


def test_both_outcomes_stand_in_the_audit(store, weak):
    add_account(
        store, NewAccount(name="ana", role=Role.READER, password=hash_password("five brown herons")), by=By(who="x")
    )
    assert sign_in(store, make_attempt(password="wrong")) is None
    assert sign_in(store, make_attempt())
    acts = [(act.who, act.what, act.subject, act.address) for act in load_acts(store)[:2]]
    assert acts == [("ana", "sign-in", "ana", "192.0.2.1"), (None, "sign-in refused", "ana", "192.0.2.1")]


def test_a_weak_hash_is_renewed_when_its_password_is_known(store, weak, monkeypatch):
    old = hash_password("five brown herons")
    monkeypatch.undo()
    add_account(store, NewAccount(name="ana", role=Role.READER, password=old), by=By(who="x"))
    assert sign_in(store, make_attempt())
    assert load_password(store, "ana").startswith("$argon2id$v=19$m=65536,t=3")
