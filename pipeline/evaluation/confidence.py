"""Whether confidence means what it says: of records with confidence 0.8, eight in ten should be right."""

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from pipeline.records import TRUSTED

Array = NDArray[np.float64]

BINS = 10  #: tenths; a finer division would leave bins of a few records each


def count_confidence(layer: str, judged: Iterable[tuple[float, bool]]) -> Counter[str]:
    """For each tenth of confidence how many records there are, the sum of their confidence, and how many are right.

    Args:
        layer: ``row`` or ``claim``.
        judged: confidence, and whether the record is right.
    """
    counts: Counter[str] = Counter()
    for confidence, is_right in judged:
        tenth = min(int(confidence * BINS), BINS - 1)
        counts[f"{layer}.bin{tenth}.found"] += 1
        counts[f"{layer}.bin{tenth}.thousandths"] += round(confidence * 1000)  # whole numbers add up without rounding
        counts[f"{layer}.bin{tenth}.right"] += is_right
        if confidence >= TRUSTED:
            counts[f"{layer}.trusted.found"] += 1
            counts[f"{layer}.trusted.right"] += is_right
    return counts


def find_calibration_error(layer: str, counts: Mapping[str, Array]) -> Array:
    """The expected calibration error: how far confidence is from the share of right ones, each bin by its size.

    0 is best; NaN where there is nothing to ask.
    """
    bins = [f"{layer}.bin{tenth}" for tenth in range(BINS)]
    apart = sum(abs(counts[f"{each}.thousandths"] / 1000 - counts[f"{each}.right"]) for each in bins)
    total = sum(counts[f"{each}.found"] for each in bins)
    return divide(np.asarray(apart), np.asarray(total))


def divide(part: Array, whole: Array) -> Array:
    """A share; NaN where there is nothing to divide by: not measured is not the same as wrong."""
    share: Array = np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)
    return share
