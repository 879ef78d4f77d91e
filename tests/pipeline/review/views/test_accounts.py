"""What administrators do with accounts."""

import pytest

from pipeline.enumerations import Role
from pipeline.review.visitor import Visitor
from pipeline.store.accounts import By, NewAccount, add_account, load_account, load_accounts
from pipeline.store.audit import load_acts
from pipeline.store.sessions import NewSession, load_sessions, start_session

BY = By(who="test")
FORM = {"name": "dora", "role": "reader", "password": "five brown herons", "again": "five brown herons"}


@pytest.fixture
def people(store, sign_in_as):
    """Ana, who asks, is an administrator; ben a reviewer."""
    add_account(store, NewAccount(name="ana", role=Role.ADMIN), by=BY)
    add_account(store, NewAccount(name="ben", role=Role.REVIEWER), by=BY)
    sign_in_as("admin")


def test_accounts_are_listed_a_page_at_a_time(client, store, people):
    for number in range(60):
        add_account(store, NewAccount(name=f"p{number:02}", role=Role.READER), by=BY)
    page = client.get("/people").text
    assert page.count('<th scope="row">') == 50
    assert 'href="/people?after=p47"' in page
    assert client.get("/people?after=p47").text.count('<th scope="row">') == 12


def test_an_account_is_added(client, store, people, weak):
    assert client.post("/people", data=FORM).headers["location"] == "/people"
    assert load_account(store, "dora").role == Role.READER
    assert [(act.who, act.what, act.subject) for act in load_acts(store)[:1]] == [("ana", "account added", "dora")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "ana"}, "There is an account ana already"),
        ({"name": "<b>"}, "is no name for an account"),
        ({"again": "other"}, "not typed the same twice"),
        ({"password": "x", "again": "x"}, "12 to 1000"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_beside_the_form(client, people, weak, change, said):
    answer = client.post("/people", data=FORM | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert "five brown herons" not in answer.text


def test_the_first_account_is_an_administrators(client, store, weak):
    assert "The first account is an administrator" in client.post("/people", data=FORM).text
    assert load_accounts(store) == []
    assert client.post("/people", data=FORM | {"role": "admin"}).status_code == 303
    assert client.get("/people").status_code == 303  # and from then on one signs in


def test_a_person_is_shown_with_sessions_and_signed_out(client, store, people):
    start_session(store, NewSession(account="ben", address="192.0.2.9", agent="<b>Browser</b>"))
    page = client.get("/people/ben").text
    assert "192.0.2.9" in page
    assert "&lt;b&gt;Browser&lt;/b&gt;" in page
    assert client.post("/people/ben/sessions/end").headers["location"] == "/people/ben"
    assert load_sessions(store, "ben") == []


def test_a_role_is_changed_and_an_account_removed(client, store, people):
    client.post("/people/ben/role", data={"role": "reader"})
    assert load_account(store, "ben").role == Role.READER
    client.post("/people/ben/remove")
    assert [account.name for account in load_accounts(store)] == ["ana"]


@pytest.mark.parametrize(("path", "data"), [("role", {"role": "reader"}), ("remove", {})])
def test_nobody_takes_their_own_role(client, store, people, path, data):
    assert client.post(f"/people/ana/{path}", data=data).status_code == 422
    assert load_account(store, "ana").role == Role.ADMIN


@pytest.mark.parametrize("path", ["", "/role", "/remove", "/sessions/end"])
def test_who_is_not_there_is_said(client, people, path):
    answer = client.post(f"/people/zoe{path}", data={"role": "reader"}) if path else client.get("/people/zoe")
    assert answer.status_code == 404
    assert "There is no account zoe" in answer.text


def test_a_visitor_is_frozen():
    with pytest.raises(AttributeError):
        Visitor(name="ana", role=Role.READER).role = Role.ADMIN
