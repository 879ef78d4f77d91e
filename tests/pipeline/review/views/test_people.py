"""Real accounts, sessions and passwords, in a browser without JavaScript."""

import re

import pytest

from pipeline.enumerations import Role
from pipeline.review.passwords import hash_password
from pipeline.store.accounts import By, NewAccount, add_account, remove_account, set_role
from pipeline.store.audit import load_acts
from pipeline.store.sessions import load_sessions

PASSWORD = "five brown herons"
BY = By(who="test")


@pytest.fixture
def people(store, weak):
    """An administrator, a reviewer and a reader with the same password."""
    kept = hash_password(PASSWORD)
    for name, role in (("ana", Role.ADMIN), ("ben", Role.REVIEWER), ("cleo", Role.READER)):
        add_account(store, NewAccount(name=name, role=role, password=kept), by=BY)


@pytest.fixture
def sign_in(client, people):
    def sign(name="ana", password=PASSWORD, **fields):
        return client.post("/sign-in", data={"name": name, "password": password, **fields})

    return sign


def test_without_accounts_this_machine_is_its_own_administrator(client):
    assert "admin" in client.get("/account").text


def test_with_accounts_everybody_signs_in_and_comes_to_what_they_wanted(client, sign_in):
    sent = client.get("/people?after=a", headers={"Accept": "text/html"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=%2Fpeople%3Fafter%3Da")
    assert 'value="/people?after=a"' in client.get(sent.headers["location"]).text
    signed = sign_in(next="/people?after=a")
    assert (signed.status_code, signed.headers["location"]) == (303, "/people?after=a")
    assert client.get("/people?after=a").status_code == 200


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", ""]
)
def test_signing_in_leads_to_no_other_site(sign_in, wanted):
    assert sign_in(next=wanted).headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [("ana", "five brown heron"), ("nobody", PASSWORD), ("", ""), ("a\0na", "x"), ("ana", "x" * 5000)],
)
def test_a_wrong_name_and_a_wrong_password_are_told_the_same(sign_in, client, store, name, password):
    refused = sign_in(name, password)
    assert refused.status_code == 401
    assert "The name or the password is wrong." in refused.text
    assert client.cookies.get("session") is None
    assert [(act.what, act.who) for act in load_acts(store)[:1]] == [("sign-in refused", None)]


def test_a_name_is_itself_in_any_case(sign_in):
    assert sign_in(" ANA ").status_code == 303


def test_the_cookie_is_for_no_script_and_no_other_site(sign_in):
    cookie = sign_in().headers["set-cookie"]
    assert cookie.startswith("session=")
    assert "HttpOnly; Max-Age=604800; Path=/; SameSite=lax" in cookie


def test_over_https_the_cookie_is_of_this_host_alone(client, sign_in):
    client.base_url = "https://127.0.0.1:8765"
    cookie = sign_in().headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "; Secure" in cookie
    assert "Domain" not in cookie


def test_the_store_has_no_token_and_no_password(sign_in, store):
    cookie = sign_in().cookies["session"]
    with store.begin() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM session, account, audit").all())
    assert cookie not in kept
    assert PASSWORD not in kept


def test_signing_out_ends_the_session_for_whoever_has_the_cookie(client, sign_in):
    token = sign_in().cookies["session"]
    assert client.post("/sign-out").headers["location"] == "/sign-in"
    client.cookies.set("session", token)
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("change", ["role", "removed"])
def test_what_changes_an_account_ends_its_sessions(client, sign_in, store, change):
    sign_in("ben")
    assert client.get("/account").status_code == 200
    set_role(store, "ben", Role.READER, by=BY) if change == "role" else remove_account(store, "ben", by=BY)
    assert client.get("/account").status_code == 303


def test_another_password_ends_all_sessions_and_is_the_one_from_then_on(client, sign_in):
    sign_in("ben")
    form = {"present": PASSWORD, "password": "six brown herons", "again": "six brown herons"}
    assert client.post("/account/password", data=form).headers["location"].startswith("/sign-in")
    assert client.get("/account").status_code == 303
    assert sign_in("ben").status_code == 401
    assert sign_in("ben", "six brown herons").status_code == 303


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"present": "wrong"}, "present password is wrong"),
        ({"again": "seven brown herons"}, "not typed the same twice"),
        ({"password": "short", "again": "short"}, "12 to 1000 characters"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said_and_nothing_changes(client, sign_in, change, said):
    sign_in("ben")
    form = {"present": PASSWORD, "password": "six brown herons", "again": "six brown herons"}
    refused = client.post("/account/password", data=form | change)
    assert refused.status_code == 422
    assert said in refused.text
    assert client.get("/account").status_code == 200


def test_a_session_elsewhere_is_seen_and_ended(client, sign_in, store):
    sign_in("ben")
    client.cookies.clear()
    sign_in("ben")
    page = client.get("/account").text
    assert "this one" in page
    number = re.search(r"/account/sessions/(\d+)/end", page)[1]
    assert client.post(f"/account/sessions/{number}/end").status_code == 303
    assert len(load_sessions(store, "ben")) == 1
    assert client.get("/account").status_code == 200


def test_nobody_ends_the_session_of_another(client, sign_in, store):
    sign_in("ana")
    number = load_sessions(store, "ana")[0].number
    client.cookies.clear()
    sign_in("ben")
    assert client.post(f"/account/sessions/{number}/end").status_code == 404
    assert len(load_sessions(store, "ana")) == 1


@pytest.mark.slow
def test_fifty_wrong_passwords_are_slowed_then_refused_and_the_right_user_gets_in_elsewhere(client, sign_in, store):
    codes = [sign_in("ana", f"wrong password {number}").status_code for number in range(50)]
    assert codes == [401] * 10 + [429] * 40
    refused = sign_in("ana")
    assert refused.status_code == 429  # the right one too, from there
    assert 800 < int(refused.headers["retry-after"]) <= 900
    assert len(load_acts(store)) == 10 + 3  # and the audit cannot be flooded
    client._transport.client = ("198.51.100.7", 50000)
    assert sign_in("ana").status_code == 303


def test_the_look_is_kept_by_a_plain_form(client):
    chosen = client.post("/look", data={"look": "dark", "next": "/account"})
    assert chosen.headers["location"] == "/account"
    assert 'data-look="dark"' in client.get("/account").text
    client.post("/look", data={"look": "auto"})
    assert 'data-look="auto"' in client.get("/account").text
