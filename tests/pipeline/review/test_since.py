from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import InputError
from pipeline.review.since import find_since, read_moment
from pipeline.store.looks import save_look

DAY = datetime(2025, 7, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", None),
        (" ", None),
        ("2025-07-17", DAY),
        ("2025-07-17T02:00:00+02:00", DAY),
        ("2025-07-17T06:30:00Z", DAY + timedelta(hours=6, minutes=30)),
    ],
)
def test_a_day_is_its_first_moment(given, expected):
    assert read_moment(given) == expected


@pytest.mark.parametrize("given", ["yesterday", "2025-13-01", "17.7.2025", "0"])
def test_what_is_no_day(given):
    with pytest.raises(InputError, match="write it like 2025-09-12"):
        read_moment(given)


def test_who_never_looked_sees_the_last_day_of_what_came_in(store, save):
    assert abs(find_since(store, "ana") - (datetime.now(UTC) - timedelta(days=1))) < timedelta(minutes=5)
    save()
    assert find_since(store, "ana") < datetime.now(UTC) - timedelta(hours=23)
    save_look(store, "ana", DAY)
    assert find_since(store, "ana") == DAY
