"""Pairs of what was marked and what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.pairing import count_shared, find_characters, find_closeness, is_comparable, make_pairs
from pipeline.records import Span


def span(start, end):
    return Span(start=start, end=end, text="x" * (end - start))


@pytest.mark.parametrize(
    ("a", "b", "shared", "closeness"),
    [((0, 4), (0, 4), 4, 1.0), ((0, 4), (2, 8), 2, 0.25), ((0, 4), (4, 8), 0, 0.0), ((0, 10), (4, 5), 1, 0.1)],
)
def test_what_two_spans_share(a, b, shared, closeness):
    assert count_shared(span(*a), span(*b)) == shared
    assert find_closeness(span(*a), span(*b)) == closeness


@pytest.mark.parametrize(
    ("a", "b", "is_fair"), [((0, 5), (0, 60), True), ((0, 5), (0, 61), False), ((0, 20), (0, 80), True)]
)
def test_a_net_over_everything_is_not_comparable(a, b, is_fair):
    assert is_comparable(span(*a), span(*b), most=60, times=4) is is_fair


def test_the_characters_of_several_spans():
    assert find_characters([span(0, 2), span(1, 3), span(5, 6)]) == {0, 1, 2, 5}


def test_the_best_pair_first():
    likeness = {("a", "x"): 0.5, ("a", "y"): 0.4, ("b", "x"): 0.9}
    pairing = make_pairs("abc", "xyz", lambda a, b: likeness.get((a, b), 0.0))
    assert set(pairing.pairs) == {("b", "x"), ("a", "y")}
    assert (pairing.missed, pairing.spurious) == (("c",), ("z",))


@given(st.lists(st.integers(0, 5), max_size=6), st.lists(st.integers(0, 5), max_size=6))
def test_everything_is_in_a_pair_or_left(marked, found):
    pairing = make_pairs(marked, found, lambda a, b: float(a == b))
    assert len(pairing.pairs) + len(pairing.missed) == len(marked)
    assert len(pairing.pairs) + len(pairing.spurious) == len(found)
    assert all(a == b for a, b in pairing.pairs)
