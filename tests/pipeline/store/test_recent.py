from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.store import changes, growth, recent
from pipeline.store.changes import load_changes
from pipeline.store.decisions import decide
from pipeline.store.recent import load_recent
from pipeline.store.records import load_register
from pipeline.store.refresh import refresh_rows

# What was there, and what comes in: late and undated ones, a month for a date, figures that differ and that do not.
OLD = [
    {"published": "2025-06-01", "act": "proposed", "members": 26},
    {"published": "2025-06-20", "act": "agreed"},
    {"published": "2025-07-04", "act": "agreed", "members": 30},
    {"published": None, "act": "suspended"},
]
NEW = [
    {"published": "2025-07-05", "act": "signed", "members": 32},
    {"published": "2025-07-03", "act": "signed", "date": "2025-07-02"},
    {"published": None, "act": "terminated"},
    {"published": "2025-07", "act": "ratified"},
    {"published": "2025-06-10", "act": "announced", "polarity": "planned", "members": 26},
]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Rows are very large from three observations on."""
    monkeypatch.setattr(growth, "LARGE", 2)
    monkeypatch.setattr(changes, "VERY_LARGE", 2)


@pytest.fixture
def add(store, save):
    """Saves articles of one row, and gives its id."""

    def add_all(articles, *, start=0):
        for at, facts in enumerate(articles, start):
            save(f"/{at}.txt", text=f"Kestrel {at} begins. Norland waits.", **facts)
        (row,) = load_register(store)
        with store.begin() as connection:
            refresh_rows(connection, [row.id])
        return row.id

    return add_all


def find(store, row_id, since):
    with store.begin() as connection:
        return load_recent(connection, [row_id], since).get(row_id)


@pytest.mark.parametrize(("first", "last", "changes_it"), [(0, 1, 1), (1, 2, 0), (2, 3, 0), (0, 3, 1), (1, 4, 0)])
def test_the_end_of_a_row_says_what_the_whole_row_says(store, add, monkeypatch, first, last, changes_it):
    add(OLD)
    since = datetime.now(UTC)
    row_id = add(NEW[first:last], start=len(OLD))
    assert find(store, row_id, since) is not None
    told = load_changes(store, since=since)
    monkeypatch.setattr(changes, "VERY_LARGE", 1_000)
    assert told == load_changes(store, since=since)
    assert len(told.status_changes) == changes_it


def test_only_the_end_is_read(store, add, monkeypatch):
    add(OLD)
    since = datetime.now(UTC)
    end = find(store, add(NEW[1:2], start=len(OLD)), since)
    assert [each.published for each in end.seen] == ["2025-07-03", "2025-07-04"]
    assert end.figures == []
    end = find(store, add(NEW[:1], start=len(OLD) + 1), since)
    assert [value for each in end.figures for _, _, value in each.figures] == [26.0, 30.0, 32.0]


def test_what_the_end_cannot_tell_is_left_to_the_whole_row(store, add, monkeypatch):
    row_id = add(OLD)
    since = datetime.now(UTC)
    assert find(store, row_id, since) is None  # nothing came in
    add(NEW[:1], start=len(OLD))
    monkeypatch.setattr(recent, "VERY_LARGE", 0)
    assert find(store, row_id, since) is None  # as much came in as there is
    monkeypatch.undo()
    monkeypatch.setattr(growth, "LARGE", 2)
    with store.begin() as connection:
        query = "SELECT id FROM agreement WHERE first_seen >= :since"
        new = connection.execute(text(query), {"since": since}).scalar_one()
    decide(store, NewDecision(who="ana", record_id=new, action="accept"))
    assert find(store, row_id, since) is None
    later = datetime.now(UTC)
    add([{"published": "2025-05-01", "act": "signed"}], start=9)
    assert find(store, row_id, later) is None  # before all days that are kept


def test_days_are_compared_as_they_are_ordered():
    days = [date(2025, 7, 18), date(2025, 7, 1), date(2025, 1, 1)]
    assert [recent._shorten(day) for day in days] == ["2025-07-18", "2025-07", "2025"]
