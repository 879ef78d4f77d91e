"""How linking's weights are made: pairs of the train split's marked agreements, and a logistic regression over their likenesses.

Of every two observations that share a key the corpus says whether they are one agreement (``shared``). The words' rarity is
counted in the same articles. The dev split is only measured on, the test split not looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.gold.records import GoldArticle
from pipeline.linking.keys import find_keys
from pipeline.linking.likenesses import LIKENESSES
from pipeline.linking.marked import observe_gold
from pipeline.linking.observations import Features, make_features
from pipeline.linking.score import forget_weights, measure
from pipeline.linking.words import find_words

# A word of one article alone is as rare as one of none.
_LEAST_ARTICLES = 2
# Of the regularisation, scikit-learn's default: between .3 and 3 the figures move by less than their own noise.
_SLACK = 1.0


class Fitted(NamedTuple):
    """What linking knows after training."""

    bias: float
    weights: dict[str, float]
    pairs: int
    same: int


def count_words(articles: Sequence[GoldArticle]) -> dict[str, int]:
    """In how many of the articles each stem stands, the rarest left out."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(set(find_words(article.text)))
    return {word: number for word, number in sorted(counts.items()) if number >= _LEAST_ARTICLES}


def fit_weights(articles: Sequence[GoldArticle]) -> Fitted:
    """The weights of the likenesses, from all pairs of observations that share a key."""
    marked = [(make_features(each.observation), each.truth) for each in observe_gold(articles)]
    found = sorted(_find_pairs([features for features, _ in marked]))
    same = np.array([marked[i][1] == marked[j][1] for i, j in found])
    table = np.array([measure(marked[i][0], marked[j][0]) for i, j in found])
    model = LogisticRegression(C=_SLACK, max_iter=2000).fit(table, same)
    weights = dict(zip(LIKENESSES, (round(float(each), 3) for each in model.coef_[0]), strict=True))
    return Fitted(round(float(model.intercept_[0]), 3), weights, len(found), int(same.sum()))


def train_linking(articles: Sequence[GoldArticle], out: Path) -> int:
    """Make ``models/linking/weights.toml`` from the train split; returns how many pairs it was fitted on.

    Words are counted first, since the likenesses are measured by their rarity.
    """
    frequencies = count_words(articles)
    nothing = dict.fromkeys(LIKENESSES, 0.0)
    write_weights(out, Fitted(0.0, nothing, 0, 0), frequencies, len(articles))
    forget_weights()
    fitted = fit_weights(articles)
    write_weights(out, fitted, frequencies, len(articles))
    forget_weights()
    return fitted.pairs


def write_weights(path: Path, fitted: Fitted, frequencies: dict[str, int], articles: int) -> None:
    """Write ``models/linking/weights.toml``."""
    lines = [
        "# Fitted by `entente train --linking` on the train split (pipeline/training/linking.py); not to be edited by hand.",
        f"# {fitted.pairs} pairs of observations that share a key, {fitted.same} of them one agreement.",
        f"bias = {fitted.bias}",
        f"articles = {articles}",
        "",
        "[weights]",
        *(f'"{name}" = {weight}' for name, weight in fitted.weights.items()),
        "",
        f"# In how many articles a stem stands; those of fewer than {_LEAST_ARTICLES} are left out.",
        "[frequencies]",
        *(f'"{word}" = {number}' for word, number in frequencies.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _find_pairs(features: Sequence[Features]) -> set[tuple[int, int]]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(features):
        for key in find_keys(each):
            by_key[key].append(at)
    return {pair for held in by_key.values() for pair in _pair(held, features)}


def _pair(held: Sequence[int], features: Sequence[Features]) -> Iterable[tuple[int, int]]:
    for place, one in enumerate(held):
        for other in held[place + 1 :]:
            if features[one].article_id != features[other].article_id:
                yield one, other
