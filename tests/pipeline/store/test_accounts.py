import pytest

from pipeline.enumerations import Role
from pipeline.errors import InputError, NotFoundError
from pipeline.store.accounts import (
    By,
    NewAccount,
    add_account,
    has_accounts,
    load_account,
    load_accounts,
    load_password,
    make_account_name,
    remove_account,
    renew_hash,
    set_password,
    set_role,
)
from pipeline.store.audit import load_acts
from pipeline.store.sessions import NewSession, load_sessions, start_session

BY = By(who="root", address="192.0.2.1")


@pytest.fixture
def ana(store):
    return add_account(store, NewAccount(name="Ana", role=Role.READER, password="kept"), by=BY)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ana", "ana"),
        ("  ana.sole@example.org ", "ana.sole@example.org"),
        ("Ｂｅｎ", "ben"),  # letters of full width look the same
        ("Zoë", "zoë"),
        ("o'hara-2", "o'hara-2"),
    ],
)
def test_one_person_has_one_name_however_it_is_typed(typed, name):
    assert make_account_name(typed) == name


@pytest.mark.parametrize("name", ["", " ", "a b", "<b>", "a/b", "-a", ".", "a\nb", "a\0", "x" * 101, "a;b"])
def test_what_is_no_name(name):
    with pytest.raises(InputError, match="no name for an account"):
        make_account_name(name)


def test_an_account_is_added_once(store, ana):
    assert (ana.name, ana.role, ana.has_password) == ("ana", Role.READER, True)
    with pytest.raises(InputError, match="account ana already"):
        add_account(store, NewAccount(name="ANA", role=Role.ADMIN), by=BY)
    assert load_account(store, "ana").role == Role.READER


def test_whether_there_are_accounts(store):
    assert not has_accounts(store)
    add_account(store, NewAccount(name="ben", role=Role.READER), by=BY)
    assert has_accounts(store)
    assert not load_account(store, "ben").has_password


def test_accounts_are_listed_by_name_a_page_at_a_time(store):
    for name in "dcab":
        add_account(store, NewAccount(name=name, role=Role.READER), by=BY)
    assert [each.name for each in load_accounts(store, limit=2)] == ["a", "b"]
    assert [each.name for each in load_accounts(store, after="b")] == ["c", "d"]


@pytest.mark.parametrize("change", ["role", "password", "removed"])
def test_what_changes_an_account_ends_its_sessions_and_stands_in_the_audit(store, ana, change):
    start_session(store, NewSession(account="ana", address=""))
    match change:
        case "role":
            assert set_role(store, "Ana", Role.ADMIN, by=BY).role == Role.ADMIN
        case "password":
            set_password(store, "Ana", "another", by=BY)
            assert load_password(store, "ana") == "another"
        case "removed":
            remove_account(store, "Ana", by=BY)
            assert load_accounts(store) == []
    assert load_sessions(store) == []
    act = load_acts(store)[0]
    assert (act.who, act.subject, act.address) == ("root", "ana", "192.0.2.1")
    assert act.what in {"role changed", "password changed", "account removed"}
    assert "another" not in str(load_acts(store))


@pytest.mark.parametrize(
    "act",
    [
        lambda store: load_account(store, "zoe"),
        lambda store: set_role(store, "zoe", Role.READER, by=BY),
        lambda store: set_password(store, "zoe", "x", by=BY),
        lambda store: remove_account(store, "zoe", by=BY),
    ],
)
def test_who_is_not_there_is_said_and_nothing_noted(store, act):
    with pytest.raises(NotFoundError, match="no account zoe"):
        act(store)
    assert load_acts(store) == []


def test_a_hash_is_renewed_unless_the_password_was_changed_meanwhile(store, ana):
    renew_hash(store, "ana", before="kept", after="newer")
    renew_hash(store, "ana", before="kept", after="of an old password")
    assert load_password(store, "ana") == "newer"
    assert load_password(store, "zoe") is None
