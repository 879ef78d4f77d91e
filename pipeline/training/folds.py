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

    Of fewer topics than two no fold can be made: there are none then.

    Args:
        gold: the articles.
        count: of parts; 0 for none.
    """
    sizes = Counter(article.header.topic for article in gold)
    filled, part_of = [0] * count, {}
    for topic, size in sorted(sizes.items(), key=lambda each: (-each[1], each[0])) if count else ():
        part_of[topic] = filled.index(min(filled))
        filled[part_of[topic]] += size
    folds = [
        Fold(
            tuple(article for article in gold if part_of[article.header.topic] != part),
            tuple(article for article in gold if part_of[article.header.topic] == part),
        )
        for part in range(count)
    ]
    return [fold for fold in folds if fold.learned and fold.held_out]
