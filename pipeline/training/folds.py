"""Marked articles in parts, each told of by a tagger that has learned from all the others.

A tagger knows the articles it has learned from by heart; what it says of them says nothing of how far it is to be trusted.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.gold.records import GoldArticle


class Fold(NamedTuple):
    """What one tagger learns from, and what it is asked about."""

    learned: tuple[GoldArticle, ...]
    held_out: tuple[GoldArticle, ...]


def make_folds(gold: Sequence[GoldArticle], count: int) -> list[Fold]:
    """Cut marked articles into parts of like size; all of one topic (an event and its aftermath) stand in the same one.

    Real documents are of no topic, and dealt out one by one. Where a part would have nothing, or all, it is no fold.

    Args:
        gold: the articles.
        count: of parts; 0 for none.
    """
    parts = _deal(gold, count) if count else {}
    folds = [
        Fold(
            tuple(article for article in gold if parts[article.slug] != part),
            tuple(article for article in gold if parts[article.slug] == part),
        )
        for part in range(count)
    ]
    return [fold for fold in folds if fold.learned and fold.held_out]


def _deal(gold: Sequence[GoldArticle], count: int) -> dict[str, int]:
    """The part of each article, by its slug: the largest topics first, each to the smallest part."""
    sizes = Counter(article.header.topic for article in gold if article.header.source is None)
    filled, part_of = [0] * count, {}
    for topic, size in sorted(sizes.items(), key=lambda each: (-each[1], each[0])):
        part_of[topic] = filled.index(min(filled))
        filled[part_of[topic]] += size
    parts = {article.slug: part_of[article.header.topic] for article in gold if article.header.source is None}
    real = sorted(article.slug for article in gold if article.header.source is not None)
    return parts | {slug: place % count for place, slug in enumerate(real)}
