import pytest

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.store.decision_pages import LogFilter, load_log
from pipeline.store.decisions import decide
from pipeline.store.register import load_register
from pipeline.store.undo import undo


@pytest.fixture
def decided(store, save):
    """A row that two decided on five times; the third time is undone by a sixth."""
    save()
    (row,) = load_register(store)
    for number in range(5):
        who = "ana" if number % 2 else "ben"
        decide(store, NewDecision(who=who, record_id=row.id, action=DecisionAction.NOTE, value=f"note {number}"))
    third = load_log(store, LogFilter())[2].decision.number
    undo(store, third, who="ana")
    return row.id


def test_pages_have_each_decision_once_the_newest_first(store, decided):
    numbers, before = [], None
    while page := load_log(store, LogFilter(limit=4, before=before)):
        numbers += [each.decision.number for each in page]
        before = numbers[-1]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 6


def test_what_is_undone_says_so(store, decided):
    assert [each.is_undone for each in load_log(store, LogFilter())] == [False, False, False, True, False, False]


@pytest.mark.parametrize(
    ("wanted", "number"), [({"who": "ana"}, 3), ({"record_id": "rw-none"}, 0), ({"batch": "b"}, 0)]
)
def test_all_conditions_hold(store, decided, wanted, number):
    assert len(load_log(store, LogFilter(**wanted))) == number
    assert len(load_log(store, LogFilter(record_id=decided, **{"who": "ben"} if "who" not in wanted else {}))) <= 6
