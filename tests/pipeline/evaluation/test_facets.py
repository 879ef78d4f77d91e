"""What an agreement has several of."""

import pytest

from pipeline.evaluation.facets import FACETS, count_missed, count_pair, count_spurious, list_found, list_marked
from pipeline.evaluation.perfect import to_extraction


@pytest.fixture
def pair(arden):
    """The marked treaty and a perfect finding of it."""
    return arden.agreements[0], to_extraction(arden).agreements[0]


def test_a_perfect_finding_has_all_of_it(pair):
    marked, found = list_marked(pair[0]), list_found(pair[1])
    assert {facet for facet in FACETS if marked[facet] != found[facet]} == set()
    assert all(marked.values())


@pytest.mark.parametrize(
    ("facet", "number"),
    [
        ("party", 2),
        ("role", 2),
        ("date", 1),
        ("act", 3),
        ("act_dated", 3),
        ("figure", 1),
        ("figure_named", 1),
        ("due", 1),
    ],
)
def test_what_is_missed_or_spurious_counts_overall_alone(pair, facet, number):
    both, missed, spurious = count_pair(*pair), count_missed(pair[0]), count_spurious(pair[1])
    for what in ("gold", "found", "right"):
        assert both[f"{facet}.{what}"] == both[f"{facet}_overall.{what}"] == number
        assert missed[f"{facet}_overall.{what}"] == number * (what == "gold")
        assert spurious[f"{facet}_overall.{what}"] == number * (what == "found")
        assert missed[f"{facet}.{what}"] == spurious[f"{facet}.{what}"] == 0


def test_a_date_that_is_accepted_too_is_right(pair):
    marked = pair[0].model_copy(update={"date_alt": ("2025-03",)})
    found = pair[1].model_copy(update={"date": "2025-03"})
    assert count_pair(marked, found)["date.right"] == 1
    assert count_pair(pair[0], found)["date.right"] == 0


def test_what_stands_twice_counts_twice(pair):
    twice = pair[1].model_copy(update={"figures": pair[1].figures * 2})
    counts = count_pair(pair[0], twice)
    assert (counts["figure.found"], counts["figure.right"]) == (2, 1)
