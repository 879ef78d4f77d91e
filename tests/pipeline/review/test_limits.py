import pytest

from pipeline.review.limits import SLOW, WINDOW, Limiter, Verdict

FREE, SLOWED = Verdict(wait=0.0, retry_after=None), Verdict(wait=SLOW, retry_after=None)
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


class Clock:
    time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def limiter(clock):
    return Limiter(clock)


def test_fifty_wrong_tries_are_slowed_then_refused_and_the_owner_gets_in_from_elsewhere(limiter):
    verdicts = [limiter.admit(HERE, "ana") for _ in range(50)]
    assert verdicts[:5] == [FREE] * 5
    assert verdicts[5:10] == [SLOWED] * 5
    assert [verdict.retry_after for verdict in verdicts[10:]] == [WINDOW] * 40
    assert limiter.admit(ELSEWHERE, "ana") == FREE


def test_many_names_from_one_address_are_slowed_then_refused(limiter):
    verdicts = [limiter.admit(HERE, f"name{number}") for number in range(60)]
    assert verdicts.index(SLOWED) == 20
    assert [verdict.retry_after is not None for verdict in verdicts].index(True) == 50
    assert limiter.admit(ELSEWHERE, "name1") == FREE


def test_one_name_from_many_addresses_is_slowed_and_never_refused(limiter):
    verdicts = [limiter.admit(f"203.0.113.{number}", "ana") for number in range(200)]
    assert verdicts == [FREE] * 20 + [SLOWED] * 180


def test_a_subscriber_with_all_addresses_of_a_network_is_one(limiter):
    for number in range(10):
        limiter.admit(f"2001:db8:1:2::{number:x}", "ana")
    assert limiter.admit("2001:db8:1:2:ffff::1", "ana").retry_after
    assert not limiter.admit("2001:db8:1:3::1", "ana").retry_after


def test_the_right_password_wipes_the_slate_for_that_address_and_name(limiter):
    for _ in range(5):
        limiter.admit(HERE, "ana")
    limiter.note_success(HERE, "ana")
    assert limiter.admit(HERE, "ana") == FREE


def test_signing_in_rightly_all_day_is_never_refused(limiter):
    for _ in range(300):
        assert limiter.admit(HERE, "ana") == FREE
        limiter.note_success(HERE, "ana")


def test_after_a_quarter_of_an_hour_all_is_forgotten(limiter, clock):
    for _ in range(10):
        limiter.admit(HERE, "ana")
    clock.time += WINDOW - 1
    assert limiter.admit(HERE, "ana").retry_after == 1
    clock.time += 1
    assert limiter.admit(HERE, "ana") == FREE


def test_what_is_counted_has_an_end(limiter, monkeypatch):
    monkeypatch.setattr("pipeline.review.limits._MOST_KEYS", 30)
    for number in range(100):
        limiter.admit(f"198.51.100.{number}", f"name{number}")
    assert len(limiter._failures) == 30
