"""Many hosts at once, each at its pace; one that hangs or fails holds up itself alone."""

import itertools
import threading
import time
from functools import partial

import pytest

from pipeline.errors import FetchError, PassingError
from pipeline.sources.rounds import Errand, Rounds


def errand(subject, run, *, host="a", pace=0.0):
    return Errand(subject=subject, host=host, pace=pace, run=run)


def fail(error):
    raise error


def vain(retry_after=None):
    return PassingError("busy", address="x", retry_after=retry_after)


def test_a_host_is_asked_in_order_and_at_its_pace():
    starts = []
    with Rounds() as rounds:
        for number in range(3):
            rounds.add(errand(number, lambda: starts.append(time.monotonic()), pace=0.1))
        subjects = [done.errand.subject for done in rounds]

    assert subjects == [0, 1, 2]
    assert all(later - earlier >= 0.1 for earlier, later in itertools.pairwise(starts))


def test_a_hundred_hosts_and_one_that_hangs():
    released = threading.Event()
    start, ends = time.monotonic(), {}
    with Rounds() as rounds:
        rounds.add(errand("hanging", partial(released.wait, 30), host="hanging"))
        for host in range(100):
            for number in range(3):
                rounds.add(errand((host, number), partial(time.sleep, 0.01), host=str(host), pace=0.1))
        for done in rounds:
            ends[done.errand.subject] = time.monotonic() - start
            if len(ends) == 300:
                released.set()

    assert list(ends)[-1] == "hanging"
    assert list(ends.values())[-2] < 5  # 0.3 s of pace; the rest is what a busy machine may take


def test_answers_may_ask_for_more():
    with Rounds() as rounds:
        rounds.add(errand(3, lambda: 3))
        seen = []
        for done in rounds:
            seen.append(done.result)
            if done.result:
                rounds.add(errand(0, partial(int, done.result - 1)))

    assert seen == [3, 2, 1, 0]


def test_an_error_is_an_answer():
    with Rounds() as rounds:
        rounds.add(errand("gone", partial(fail, FetchError("gone", address="x"))))
        rounds.add(errand("there", lambda: 1))
        answers = {done.errand.subject: done for done in rounds}

    assert str(answers["gone"].error) == "gone"
    assert (answers["there"].result, answers["there"].error) == (1, None)


@pytest.mark.parametrize(
    ("errors", "skipped"),
    [
        ([vain(), vain()], [2, 3, 4]),
        ([vain(retry_after=600.0)], [1, 2, 3, 4]),
        ([vain(), FetchError("gone", address="x"), vain()], []),
    ],
    ids=["twice in vain", "asked to stay away", "not in a row"],
)
def test_a_host_that_does_not_answer_is_left_alone(errors, skipped):
    with Rounds() as rounds:
        for number in range(4):
            rounds.add(errand(number, partial(fail, errors[number]) if number < len(errors) else lambda: 1))
        rounds.add(errand("other", lambda: 1, host="b"))
        found = []
        for done in rounds:
            if done.is_skipped:
                found.append(done.errand.subject)
            elif done.errand.subject == "other":
                time.sleep(0.2)
                rounds.add(errand(4, lambda: 1))  # late, for a host that is given up by now

    assert sorted(found) == skipped


def test_an_error_of_ours_ends_the_rounds():
    with Rounds() as rounds:
        rounds.add(errand("bug", partial(fail, KeyError("bug"))))
        with pytest.raises(KeyError):
            list(rounds)
