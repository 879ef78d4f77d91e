import itertools
import threading
import time

import pytest

from pipeline.errors import PassingError
from pipeline.sources import pace as paces
from pipeline.sources.guard import Guard
from pipeline.sources.pace import LONGEST_WAIT, hold_host, wait_for_turn


@pytest.fixture
def guard() -> Guard:
    return Guard(address="http://x/", deadline=time.monotonic() + 5, allow_private=False)


def test_the_first_request_goes_at_once_and_the_next_waits(guard):
    times = []
    for _ in range(3):
        wait_for_turn("a.example", pace=0.2, guard=guard)
        times.append(time.monotonic())
    assert [round(later - sooner, 1) for sooner, later in itertools.pairwise(times)] == [0.2, 0.2]


def test_hosts_do_not_wait_for_each_other(guard):
    started = time.monotonic()
    for host in ("a.example", "b.example", "a.example:8080"):
        wait_for_turn(host, pace=10, guard=guard)
    assert time.monotonic() - started < 1


def test_threads_take_turns():
    times = []

    def ask():
        wait_for_turn(
            "a.example", pace=0.1, guard=Guard(address="x", deadline=time.monotonic() + 5, allow_private=False)
        )
        times.append(time.monotonic())

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    assert all(later - sooner > 0.08 for sooner, later in itertools.pairwise(times))


def test_a_host_that_asked_us_to_stay_away_is_left_alone(guard):
    hold_host("a.example", seconds=LONGEST_WAIT + 60)
    with pytest.raises(PassingError, match=r"a\.example may be asked again in 180 s, at its own pace") as caught:
        wait_for_turn("a.example", pace=1, guard=guard)
    assert caught.value.retry_after == pytest.approx(180, abs=2)
    wait_for_turn("b.example", pace=1, guard=guard)


def test_a_short_hold_is_waited_out(guard):
    hold_host("a.example", seconds=0.3)
    started = time.monotonic()
    wait_for_turn("a.example", pace=0, guard=guard)
    assert time.monotonic() - started >= 0.3


def test_hosts_that_are_free_again_are_forgotten(guard, monkeypatch):
    monkeypatch.setattr(paces, "_MOST_HOSTS", 3)
    for number in range(10):
        wait_for_turn(f"{number}.example", pace=0, guard=guard)
    assert len(paces._FREE) <= 4
