"""Themes over time: their share of what was published, and which of them rise or fall by more than chance.

Articles are counted, each for the theme of most of its passages: the passages of one article say the same thing again, and
would make every long article look like a trend.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

#: Of a hundred analysts who look at themes that nothing moves, at most five may be told that one does.
FALSE_ALARMS = 0.05


class Direction(StrEnum):
    """Which way a theme's share goes."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"  #: or too few articles to tell


@dataclass(frozen=True, slots=True)
class Trend:
    """How a theme's share of the recent articles differs from its share before."""

    theme_id: str
    direction: Direction
    recent: int  #: articles of the theme
    recent_share: float  #: of all articles of that time
    before: int
    before_share: float
    p_value: float  #: how likely chance alone makes such a difference, however many themes are looked at


def find_trends(
    recent: Mapping[str, int], before: Mapping[str, int], *, recent_total: int, before_total: int
) -> list[Trend]:
    """The themes' trends, the surest first.

    Each is tested by Fisher's exact test (the articles of both times are drawn from one urn), both sides, and the p-values are
    adjusted for the number of themes by Benjamini and Hochberg. The test of this file simulates worlds of constant shares and
    counts the false alarms.

    Args:
        recent: articles of each theme in the recent time, by its id.
        before: the same of the time before.
        recent_total: all articles of the recent time, those without a theme too.
        before_total: the same of the time before.
    """
    ids = sorted(recent.keys() | before.keys())
    pairs = [(recent.get(each, 0), before.get(each, 0)) for each in ids]
    adjusted = adjust(compare_shares(pairs, recent_total=recent_total, before_total=before_total))
    trends = [
        _make_trend(theme_id, pair, p_value, (recent_total, before_total))
        for theme_id, pair, p_value in zip(ids, pairs, adjusted, strict=True)
    ]
    return sorted(trends, key=lambda each: (each.p_value, -each.recent, each.theme_id))


def compare_shares(pairs: Sequence[tuple[int, int]], *, recent_total: int, before_total: int) -> list[float]:
    """How likely it is by chance that shares differ so much: Fisher's exact test, twice the smaller side, at most 1.

    Example::

        compare_shares([(9, 1)], recent_total=20, before_total=80)  # [0.0000…]: 45 % after 1 %
    """
    # Logarithms of factorials: 100,000 articles are 1 ms. SciPy has the same and takes half a second to import, which the
    # review page cannot spare.
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, recent_total + before_total + 1)))])
    return [min(1.0, 2 * _find_smaller_side(pair, (recent_total, before_total), logs)) for pair in pairs]


def _find_smaller_side(pair: tuple[int, int], totals: tuple[int, int], logs: NDArray[np.float64]) -> float:
    """How likely as few of a theme's articles are recent ones, or as many, whichever is the less likely (hypergeometric)."""
    (recent, before), (recent_total, before_total) = pair, totals
    size, others = recent + before, recent_total + before_total - recent - before
    drawn = np.arange(max(0, size - before_total), min(size, recent_total) + 1)
    chosen = logs[size] - logs[drawn] - logs[size - drawn]
    left = logs[others] - logs[recent_total - drawn] - logs[others - recent_total + drawn]
    all_ways = logs[-1] - logs[recent_total] - logs[before_total]
    likely = np.exp(chosen + left - all_ways)
    return float(min(likely[drawn <= recent].sum(), likely[drawn >= recent].sum()))


def adjust(p_values: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's adjustment: each p-value as if it were the only one that was looked at."""
    order = sorted(range(len(p_values)), key=lambda row: -p_values[row])
    adjusted, least = [1.0] * len(p_values), 1.0
    for place, row in enumerate(order):
        least = min(least, p_values[row] * len(p_values) / (len(p_values) - place))
        adjusted[row] = least
    return adjusted


def _make_trend(theme_id: str, counts: tuple[int, int], p_value: float, totals: tuple[int, int]) -> Trend:
    recent_share, before_share = (count / total if total else 0.0 for count, total in zip(counts, totals, strict=True))
    moved = Direction.RISING if recent_share > before_share else Direction.FALLING
    return Trend(
        theme_id=theme_id,
        direction=moved if p_value <= FALSE_ALARMS else Direction.STEADY,
        recent=counts[0],
        recent_share=recent_share,
        before=counts[1],
        before_share=before_share,
        p_value=p_value,
    )
