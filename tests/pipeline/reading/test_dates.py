import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.dates import find_iso_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025", "2025"),
        ("2025-09", "2025-09"),
        ("2025-09-12", "2025-09-12"),
        ("2025-09-12T23:30:00-04:00", "2025-09-12"),  # the page's own day, not UTC's
        ("2025-09-12 10:00", "2025-09-12"),
        ("2025-9-2", "2025-09-02"),
        ("2025/09/12", "2025-09-12"),
        ("20250912", "2025-09-12"),
        ("20250912T1200", "2025-09-12"),
        ("12 September 2025", "2025-09-12"),
        ("12th Sept. 2025", "2025-09-12"),
        ("Fri, 12 Sep 2025 10:00:00 GMT", "2025-09-12"),
        ("12-Sep-2025", "2025-09-12"),
        ("September 12, 2025", "2025-09-12"),
        ("Friday, September 12th, 2025", "2025-09-12"),
        ("  May 1 2025 ", "2025-05-01"),
        ("09/12/2025", None),  # a day in two countries
        ("12.09.2025", None),
        ("2025-02-30", None),
        ("2025-13", None),
        ("0000", None),
        ("1757671200", None),
        ("yesterday", None),
        ("Published on 12 September 2025", None),
        ("", None),
    ],
)
def test_iso_date(text, expected):
    assert find_iso_date(text) == expected


@given(st.dates())
def test_every_day_is_itself(day):
    assert find_iso_date(day.isoformat()) == day.isoformat()


@given(st.text(max_size=40))
def test_any_string_is_a_date_or_none(text):
    find_iso_date(text)
