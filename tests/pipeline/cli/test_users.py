import io
import json

import pytest

from pipeline.cli import users


@pytest.fixture
def user(entente, monkeypatch, database_url):
    """Call as ``user("add", "ana", typed=["…"], piped="…")``: what is typed at the prompts, or comes by standard input."""
    monkeypatch.setenv("ENTENTE_DATABASE_URL", database_url)
    monkeypatch.setattr(users.getpass, "getuser", lambda: "root")

    def run(*args, typed=None, piped=""):
        answers = iter(typed or [])
        stdin = io.StringIO(piped)
        stdin.isatty = lambda: typed is not None
        monkeypatch.setattr("sys.stdin", stdin)
        monkeypatch.setattr(users.getpass, "getpass", lambda prompt: next(answers))
        return entente("user", *args)

    return run


def test_a_password_is_asked_for_twice(user):
    said = user("add", "Ana", "--role", "admin", typed=["five brown herons", "five brown herons"])
    assert (said.code, said.err) == (0, "ana can sign in as admin\n")
    said = user("add", "ben", typed=["five brown herons", "four brown herons"])
    assert said.code == 2
    assert "not typed the same twice" in said.err


def test_a_password_comes_by_standard_input(user):
    assert user("add", "ana", "--password-stdin", piped="five brown herons\n").code == 0
    assert user("password", "ana", "--password-stdin", piped="six brown herons\n").code == 0
    said = user("add", "ben", "--password-stdin", piped="short\n")
    assert said.code == 2
    assert "12 to 1000 characters" in said.err


def test_without_a_terminal_nothing_is_made_up(user):
    said = user("add", "ana")
    assert said.code == 2
    assert "--password-stdin" in said.err
    assert json.loads(user("list", "--json").out) == []


def test_no_password_is_ever_an_argument(user):
    assert user("add", "ana", "--password", "five brown herons").code == 2


def test_accounts_are_listed_changed_and_removed(user):
    assert user("add", "ana", "--no-password", "--role", "admin").code == 0
    assert user("add", "ana", "--no-password").code == 2
    assert user("add", "<b>", "--no-password").code == 2
    assert "ana   admin  proxy" in user("list").out
    assert user("role", "ana", "reader").err == "ana is reader from now on\n"
    (found,) = json.loads(user("list", "--json").out)
    assert (found["name"], found["role"], found["has_password"]) == ("ana", "reader", False)
    assert user("remove", "ana").code == 0
    assert user("remove", "ana").code == 2
    assert user("role", "ana", "emperor").code == 2
