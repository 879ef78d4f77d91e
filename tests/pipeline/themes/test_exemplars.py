"""Exemplars: near the centre, and each of them news."""

import numpy as np
import pytest

from pipeline.themes.exemplars import find_exemplars


def at(*degrees):
    angles = np.radians(degrees)
    return np.column_stack([np.cos(angles), np.sin(angles)])


@pytest.mark.parametrize(
    ("degrees", "origins", "expected"),
    [
        ([0], None, [0]),
        ([-40, 0, 40], None, [1, 0, 2]),
        ([-40, 0, 1, 2, 40], None, [1, 0, 4]),  # those a degree apart say the same
        ([-80, -40, 0, 50], ["a", "a", "a", "b"], [2, 3, 1, 0]),  # the nearest of each article first
    ],
)
def test_the_nearest_first_and_no_near_duplicates(degrees, origins, expected):
    assert find_exemplars(at(*degrees), origins=origins, center=at(0)[0]) == expected


def test_number_and_length_of_rows():
    rows = np.eye(8) * np.arange(1, 9)[:, None]
    assert len(find_exemplars(rows)) == 5
    assert len(find_exemplars(rows, number=2)) == 2
