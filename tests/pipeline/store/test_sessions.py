from datetime import timedelta

import pytest
from sqlalchemy import text

from pipeline.enumerations import Role
from pipeline.errors import NotFoundError
from pipeline.store.accounts import By, NewAccount, add_account, remove_account
from pipeline.store.audit import load_acts
from pipeline.store.sessions import (
    ABSOLUTE,
    IDLE,
    NewSession,
    end_session,
    end_sessions,
    find_signed_in,
    load_sessions,
    start_session,
)

BY = By(who="ana", address="192.0.2.1")


@pytest.fixture
def start(store):
    add_account(store, NewAccount(name="ana", role=Role.REVIEWER), by=BY)
    add_account(store, NewAccount(name="ben", role=Role.READER), by=BY)
    return lambda name="ana", **facts: start_session(store, NewSession(account=name, address="192.0.2.1", **facts))


def age(store, *, started: timedelta = timedelta(), seen: timedelta = timedelta()) -> None:
    """Let all sessions be older."""
    with store.begin() as connection:
        query = text("UPDATE session SET started_at = started_at - :started, seen_at = seen_at - :seen")
        connection.execute(query, {"started": started, "seen": seen})


def test_a_token_says_whose_it_is(store, start):
    token = start()
    found = find_signed_in(store, token)
    assert (found.name, found.role) == ("ana", Role.REVIEWER)
    assert len(token) >= 43  # 256 bits
    assert start() != token


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "\0", "\ud800"])
def test_what_is_no_token_is_nobodys(store, start, token):
    assert find_signed_in(store, token) is None


@pytest.mark.parametrize(
    ("older", "is_over"),
    [
        ({"seen": IDLE}, True),
        ({"seen": IDLE - timedelta(minutes=1)}, False),
        ({"started": ABSOLUTE}, True),
        ({"started": ABSOLUTE - timedelta(minutes=1)}, False),
    ],
)
def test_a_session_runs_out(store, start, older, is_over):
    token = start()
    age(store, **older)
    assert (find_signed_in(store, token) is None) is is_over
    assert (load_sessions(store) == []) is is_over


def test_who_is_busy_stays_signed_in_and_is_not_written_down_at_each_step(store, start):
    token = start()
    age(store, seen=timedelta(seconds=50))
    before = load_sessions(store)
    find_signed_in(store, token)
    assert load_sessions(store) == before
    age(store, seen=IDLE - timedelta(minutes=5))
    find_signed_in(store, token)
    assert load_sessions(store)[0].seen_at > before[0].seen_at


def test_what_has_run_out_is_swept_away_by_the_next_to_come(store, start):
    start()
    age(store, seen=IDLE)
    start("ben")
    with store.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM session")).scalar() == 1


def test_sessions_are_listed_without_what_opens_them(store, start):
    token = start(agent="x" * 1000)
    start("ben", agent="a\0b")
    assert [each.account for each in load_sessions(store)] == ["ben", "ana"]
    (ana,) = load_sessions(store, "ana")
    assert (ana.address, ana.agent) == ("192.0.2.1", "x" * 200)
    assert token not in ana.model_dump_json()


def test_a_session_ends_for_good(store, start):
    token = start()
    number = find_signed_in(store, token).number
    with pytest.raises(NotFoundError):
        end_session(store, number, by=BY, of="ben")
    end_session(store, number, by=BY, of="ana")
    assert find_signed_in(store, token) is None
    with pytest.raises(NotFoundError, match="ended already"):
        end_session(store, number, by=BY)
    assert [act.what for act in load_acts(store)[:2]] == ["sign-out", "sign-in"]


def test_an_account_is_signed_out_everywhere(store, start):
    tokens = [start("ben"), start("ben"), start("ana")]
    assert end_sessions(store, "ben", by=BY) == 2
    assert [find_signed_in(store, token) is None for token in tokens] == [True, True, False]
    assert load_acts(store)[0].what == "session ended"


def test_nobody_signs_in_to_an_account_that_is_gone(store, start):
    remove_account(store, "ben", by=BY)
    with pytest.raises(NotFoundError):
        start("ben")
    assert load_acts(store)[0].what == "account removed"
