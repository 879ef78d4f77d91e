"""How likely two observations are one agreement: a logistic sum of likenesses, each with its weight and its words.

The weights are fitted on the corpus's train split (``entente train --linking``, :mod:`pipeline.training.linking`). What must
never be joined is said by rules (:mod:`pipeline.linking.vetoes`), whatever the sum.
"""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

import models
from pipeline.linking.likenesses import LIKENESSES, forget_rarity, show
from pipeline.linking.observations import Features
from pipeline.records import Record

# Less than this of a logit is told to nobody: a sum has some twenty parts.
_TOLD = 0.25


class Reason(Record):
    """Why two observations are held for one agreement, or not: a likeness, its words, and what it adds to the logit."""

    sort: str  #: "name", "parties", …
    words: str = ""
    weight: float


def compare(one: Features, other: Features) -> float:
    """How likely two observations are one agreement, as a logit: 0 is as likely as not, 3 are 95 %."""
    bias, weighted = _load_weights()
    return bias + sum(weight * likeness(one, other) for weight, likeness in weighted)


def explain(one: Features, other: Features) -> tuple[Reason, ...]:
    """What that is made of, the heaviest first."""
    weights = models.load_linking("weights")["weights"]
    parts = [
        (name, weights.get(name, 0.0) * value) for name, value in zip(LIKENESSES, measure(one, other), strict=True)
    ]
    told = [Reason(sort=n, words=show(n, one, other), weight=round(w, 2)) for n, w in parts if abs(w) >= _TOLD]
    return tuple(sorted(told, key=lambda each: (-abs(each.weight), each.sort)))


def measure(one: Features, other: Features) -> list[float]:
    """All likenesses of two observations, in the order of :data:`LIKENESSES`; 0 where there is none."""
    return [likeness(one, other) for likeness in LIKENESSES.values()]


def find_likelihood(logit: float) -> float:
    """The score of a link, 0 to 1: a probability as far as the training articles are like the rest of the world."""
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


def forget_weights() -> None:
    """Have the weights and the words' rarity read again: training has written them anew."""
    models.load_linking.cache_clear()
    _load_weights.cache_clear()
    forget_rarity()


@lru_cache(maxsize=1)
def _load_weights() -> tuple[float, list[tuple[float, Callable[[Features, Features], float]]]]:
    found = models.load_linking("weights")
    weights: Mapping[str, float] = found["weights"]
    return found["bias"], [(weights[name], each) for name, each in LIKENESSES.items() if weights.get(name)]
