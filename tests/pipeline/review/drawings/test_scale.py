from datetime import date

import pytest

from pipeline.review.drawings.scale import make_scale


def test_days_stand_in_the_order_of_time_and_a_month_in_its_middle():
    scale = make_scale(["2025-01-01", "2025-12-31"], left=100, right=800)
    places = [scale.place(day) for day in ("2025-01-01", "2025-07-01", "2025-07", "2025-07-31", "2025-12-31")]
    assert places == sorted(places)
    assert places[0] > 100
    assert places[-1] < 800
    assert scale.place("2025-07") == pytest.approx((places[1] + places[3]) / 2, abs=1)
    assert (scale.place("1900"), scale.place("2100")) == (100, 800)


@pytest.mark.parametrize(
    ("days", "ticks"),
    [
        (["2025-07-17"], ["Jul 2025", "Aug 2025"]),
        (
            ["2025-07-17", "2025-12"],
            ["Jul 2025", "Aug 2025", "Sep 2025", "Oct 2025", "Nov 2025", "Dec 2025", "Jan 2026"],
        ),
        (["2023-02", "2025-11"], ["Jan 2023", "Jul 2023", "Jan 2024", "Jul 2024", "Jan 2025", "Jul 2025", "Jan 2026"]),
        (["1949-04-04", "2025-06"], ["1950", "1960", "1970", "1980", "1990", "2000", "2010", "2020"]),
        (["0001", "9999"], ["2000", "4000", "6000", "8000"]),
    ],
)
def test_months_or_years_are_written_below_as_many_as_there_is_room_for(days, ticks):
    scale = make_scale(days, left=0, right=700)
    found = scale.ticks()
    assert [each.words for each in found] == ticks
    assert all(0 <= each.x <= 700 for each in found)


def test_without_days_there_is_no_scale():
    assert make_scale([], left=0, right=1) is None


def test_the_scale_ends_with_the_calendar():
    scale = make_scale(["9999-12-31"], left=0, right=100)
    assert scale.last == date.max
    assert 0 < scale.place("9999-12-31") <= 100
