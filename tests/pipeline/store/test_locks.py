"""Those who change the register take turns; readers and those who save what is new do not wait."""

from threading import Event, Thread

import pytest

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.jobs.link import link_register
from pipeline.store.decisions import decide
from pipeline.store.locks import lock_register, take_turns
from pipeline.store.register import load_register


def test_two_that_name_the_same_take_turns(store):
    begun, done = Event(), Event()

    def follow():
        with store.begin() as connection:
            begun.set()
            take_turns(connection, "one")
            done.set()

    with store.begin() as connection:
        take_turns(connection, "one")
        other = Thread(target=follow)
        other.start()
        assert begun.wait(30)
        assert not done.wait(0.2)
    other.join(30)
    assert done.is_set()


def test_others_take_no_turn(store):
    with store.begin() as one, store.begin() as other:
        take_turns(one, "one")
        take_turns(other, "other")


def test_who_reads_or_saves_what_is_new_does_not_wait(store, save):
    save("/1")
    with store.begin() as connection:
        lock_register(connection)
        assert load_register(store)


@pytest.mark.parametrize("change", ["link", "decide"])
def test_who_changes_the_register_waits(store, save, change):
    save("/1")
    row = load_register(store)[0]
    done = Event()

    def follow():
        if change == "link":
            link_register(store)
        else:
            decide(store, NewDecision(who="ana", record_id=row.id, action=DecisionAction.ACCEPT))
        done.set()

    with store.begin() as connection:
        lock_register(connection)
        other = Thread(target=follow)
        other.start()
        assert not done.wait(0.3)
    other.join(30)
    assert done.is_set()
