"""Rising and falling is more than chance."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from pipeline.themes.trends import Direction, adjust, compare_shares, find_trends


@pytest.mark.parametrize(
    ("recent", "before", "expected"),
    [
        (5, 20, 1.0),  # the same share
        (0, 0, 1.0),
        (20, 0, 0.0),
        (9, 1, 0.0),
    ],
)
def test_shares_are_compared_exactly(recent, before, expected):
    assert compare_shares([(recent, before)], recent_total=20, before_total=80) == pytest.approx([expected], abs=1e-4)


def test_the_test_is_that_of_scipy():
    generator, totals = np.random.default_rng(7), (400, 1_100)
    pairs = [(int(generator.integers(0, 60)), int(generator.integers(0, 160))) for _ in range(200)]
    urns = [(sum(totals), recent + before, totals[0]) for recent, before in pairs]
    sides = [
        min(hypergeom.cdf(recent, *urn), hypergeom.sf(recent - 1, *urn))
        for (recent, _), urn in zip(pairs, urns, strict=True)
    ]
    found = compare_shares(pairs, recent_total=totals[0], before_total=totals[1])
    assert found == pytest.approx([min(1.0, 2 * side) for side in sides], rel=1e-8)


def test_p_values_are_adjusted_for_how_many_are_looked_at():
    assert adjust([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert adjust([]) == []


def test_themes_that_rise_and_fall_are_told_the_surest_first():
    found = find_trends({"up": 30, "same": 20}, {"same": 80, "down": 60}, recent_total=50, before_total=200)
    assert [(each.theme_id, each.direction) for each in found[:2]] == [("up", "rising"), ("down", "falling")]
    assert found[2].direction is Direction.STEADY
    assert (found[0].recent_share, found[0].before_share) == (0.6, 0.0)


@pytest.mark.parametrize(("recent_total", "before_total"), [(0, 0), (0, 10), (10, 0)])
def test_nothing_to_compare_with_is_no_trend(recent_total, before_total):
    found = find_trends({"a": recent_total}, {"a": before_total}, recent_total=recent_total, before_total=before_total)
    assert [each.direction for each in found] == [Direction.STEADY]


@pytest.mark.parametrize("articles", [20, 120, 600])
def test_constant_shares_raise_no_false_alarm(articles):
    """Of 200 worlds in which nothing changes at most 5 %, and what chance adds to that, see a theme rise or fall."""
    generator, alarms = np.random.default_rng(articles), 0
    for _ in range(200):
        shares = generator.dirichlet(np.ones(12))
        recent, before = generator.multinomial(articles // 3, shares), generator.multinomial(articles, shares)
        counts = [{str(theme): int(number) for theme, number in enumerate(each)} for each in (recent, before)]
        found = find_trends(*counts, recent_total=articles // 3, before_total=articles)
        alarms += any(each.direction is not Direction.STEADY for each in found)
    assert alarms <= 16  # at 5 % there are more of 200 in one series of 42 (binomial)
