"""The months' names."""

import re

import pytest

from pipeline.language.months import MONTHS, WRITTEN, number_of


@pytest.mark.parametrize(("month", "number"), [("January", 1), ("may", 5), ("December", 12)])
def test_number(month, number):
    assert number_of(month) == number


def test_every_month_is_found_as_it_is_written():
    assert [number_of(found) for found in re.findall(WRITTEN, " ".join(month.title() for month in MONTHS))] == [
        *range(1, 13)
    ]
