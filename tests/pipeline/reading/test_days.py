import pytest

from pipeline.errors import InputError
from pipeline.reading.days import DayOrder, read_day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-07-17", "2025-07-17"),
        ("2025-07-17 00:00:00", "2025-07-17"),
        ("2025-07-17T10:30:00Z", "2025-07-17"),
        ("2025/7/1", "2025-07-01"),
        ("2025-07", "2025-07"),
        ("2025", "2025"),
        ("17 July 2025", "2025-07-17"),
        ("17th of July 2025", "2025-07-17"),
        ("1 Sept. 2025", "2025-09-01"),
        ("July 17, 2025", "2025-07-17"),
        ("Jul 17th 2025", "2025-07-17"),
        ("July  2025", "2025-07"),
        ("17/7/2025", "2025-07-17"),
        ("7/17/2025", "2025-07-17"),
        ("5-5-2025", "2025-05-05"),
        ("3.4.2025", "2025-04-03"),
    ],
)
def test_a_day_is_read_as_people_write_it(said, day):
    assert read_day(said) == day


def test_what_can_be_two_days_is_asked_for():
    with pytest.raises(InputError, match="--day-first or --month-first"):
        read_day("3/4/2025")
    assert read_day("3/4/2025", order=DayOrder.DAY_FIRST) == "2025-04-03"
    assert read_day("3/4/2025", order=DayOrder.MONTH_FIRST) == "2025-03-04"


@pytest.mark.parametrize(
    "said", ["soon", "17/7/25", "2025-02-30", "32.1.2025", "17 Juli 25", "5 Brumaire 2025", "0000"]
)
def test_what_is_no_day_is_refused_with_what_is(said):
    with pytest.raises(InputError, match=r"2025-07-17|calendar"):
        read_day(said)
