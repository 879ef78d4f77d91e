"""What an article changes in the counts of a row, by the few that it is tied to."""

from collections import namedtuple
from itertools import combinations

import pytest

from pipeline.store.neighbours import Neighbours
from pipeline.store.originals import find_originals

Said = namedtuple("Said", ["article_id", "published"])
#: A story, its copy, a teaser of it, a digest of the story and of another one, and that other one.
FOUND = [
    ("copy", "story", "copy"),
    ("teaser", "story", "part"),
    ("digest", "story", "digest"),
    ("digest", "other", "digest"),
]


@pytest.mark.parametrize("new", ["story", "copy", "teaser", "digest", "other"])
def test_it_is_the_difference_of_both_counts(new):
    originals = find_originals(FOUND)
    others = sorted({"story", "copy", "teaser", "digest", "other"} - {new})
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            before, after = originals.count(chosen), originals.count([*chosen, new])
            around = Neighbours(tuple(Said(each, None) for each in chosen), originals)
            assert around.count_more(Said(new, None), around.seen) == after - before


def test_until_a_day():
    around = Neighbours((Said("a", "2025-07-02"), Said("b", "2025-07"), Said("c", None), Said("d", "2025-07-03")))
    assert [each.article_id for each in around.until("2025-07-02")] == ["a", "b"]
