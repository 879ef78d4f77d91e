"""Whether confidence means what it says."""

import numpy as np
import pytest

from pipeline.evaluation.confidence import BINS, count_confidence, divide, find_calibration_error


def find_error(judged):
    counts = count_confidence("row", judged)
    names = [f"row.bin{n}.{what}" for n in range(BINS) for what in ("found", "right", "thousandths")]
    return find_calibration_error("row", {name: np.array([counts[name]], dtype=float) for name in names})[0]


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        ([(0.8, True)] * 8 + [(0.8, False)] * 2, 0.0),
        ([(0.9, False)] * 10, 0.9),
        ([(1.0, True), (0.2, True)], 0.4),
        ([(0.15, False), (0.95, True)], 0.1),
    ],
)
def test_the_calibration_error(judged, error):
    assert find_error(judged) == pytest.approx(error)


def test_nothing_found_is_not_measured():
    assert np.isnan(find_error([]))


def test_what_is_trusted():
    counts = count_confidence("claim", [(0.79, True), (0.8, True), (0.9, False)])
    assert (counts["claim.trusted.found"], counts["claim.trusted.right"]) == (2, 1)


def test_a_share_of_nothing():
    assert np.array_equal(divide(np.array([1.0, 1.0]), np.array([2.0, 0.0])), [0.5, np.nan], equal_nan=True)
