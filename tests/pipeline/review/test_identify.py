import pytest

from pipeline.enumerations import Role
from pipeline.review import identify
from pipeline.review.options import read_networks
from pipeline.store.accounts import By, NewAccount, add_account


def test_without_accounts_this_machine_is_let_in(client):
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via", "X-Forwarded-Host"])
def test_who_comes_by_a_proxy_is_not_this_machines_user(client, header):
    assert client.get("/account", headers={header: "198.51.100.7"}).status_code == 303


def test_without_accounts_nobody_else_is_let_in(serve_with):
    assert serve_with("198.51.100.7").get("/account").status_code == 303
    assert serve_with("127.0.0.1", host="0.0.0.0").get("/account").status_code == 303
    assert serve_with("127.0.0.1", proxies=read_networks(["127.0.0.1"])).get("/account").status_code == 303


def test_what_to_do_without_accounts_is_said(serve_with):
    assert "entente user add" in serve_with("198.51.100.7").get("/sign-in").text


def test_with_an_account_this_machine_signs_in_too(client, store):
    add_account(store, NewAccount(name="ana", role=Role.ADMIN), by=By(who="test"))
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "\u00e4", "' OR 1=1"])
def test_a_made_up_cookie_opens_nothing(client, store, cookie):
    add_account(store, NewAccount(name="ana", role=Role.ADMIN), by=By(who="test"))
    assert client.get("/account", headers={"Cookie": f"session={cookie}".encode()}).status_code == 303


def test_a_user_without_a_name_has_one_here(monkeypatch):
    def fail():
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", fail)
    assert identify.find_user() == "local"
