import pytest

from pipeline.brief.choose import MOST_LINES, SHARES, Candidate, choose
from pipeline.brief.page import SectionKey

NEW, STATUS, PARTIES, FIGURES, CLAIMS, THEMES = SectionKey


def make(key, weight, record_id, **fields):
    return Candidate(key=key, weight=(float(weight),), record_id=record_id, headline=record_id, **fields)


def candidates(counts):
    return [make(key, number, str(number)) for key, count in counts.items() for number in range(count)]


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ({}, {}),
        ({NEW: 2}, {NEW: 2}),
        ({NEW: 500}, {NEW: 20}),
        (dict.fromkeys(SectionKey, 500), SHARES),
        ({NEW: 500, CLAIMS: 500}, {NEW: 17, CLAIMS: 3}),
        ({STATUS: 6, CLAIMS: 500}, {STATUS: 6, CLAIMS: 14}),
        ({NEW: 1, THEMES: 9}, {NEW: 1, THEMES: 9}),
    ],
    ids=[
        "nothing",
        "few",
        "one kind fills the page",
        "shares",
        "claims keep their share",
        "spare goes down",
        "all fit",
    ],
)
def test_at_most_twenty_lines_each_part_with_its_share(found, shown):
    parts = choose(candidates(found))
    assert {part.key: len(part.chosen) for part in parts} == shown
    assert {part.key: part.found for part in parts} == found
    assert sum(len(part.chosen) for part in parts) <= MOST_LINES


def test_shares_fill_the_page():
    assert sum(SHARES.values()) == MOST_LINES


@pytest.mark.parametrize(
    ("weights", "order"),
    [
        ({"a": 1, "b": 3, "c": 2}, "bca"),
        ({"b": 1, "a": 1}, "ab"),
    ],
    ids=["the heaviest first", "equals by their id, whatever the order they come in"],
)
def test_order(weights, order):
    (part,) = choose([make(NEW, weight, name) for name, weight in weights.items()])
    assert "".join(candidate.record_id for candidate in part.chosen) == order


def test_each_voice_is_heard_once_before_one_is_heard_twice():
    said = [("cl-1", 9, "Lind"), ("cl-2", 8, "Lind"), ("cl-3", 1, "Arden")]
    (part,) = choose([make(CLAIMS, weight, name, voice=voice) for name, weight, voice in said])
    assert [candidate.record_id for candidate in part.chosen] == ["cl-1", "cl-3", "cl-2"]
