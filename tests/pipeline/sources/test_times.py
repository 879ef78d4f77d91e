from datetime import UTC, datetime, timedelta

import pytest

from pipeline.sources.times import EVERY_MORNING, Times, check_cron, parse_every

MONDAY = datetime(2025, 7, 21, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(("words", "seconds"), [("1m", 60), ("30m", 1800), ("6h", 21_600), ("1d", 86_400)])
def test_parse_every(words, seconds):
    assert parse_every(words) == seconds


@pytest.mark.parametrize("words", ["", "30", "0m", "5s", "1.5h", "h", "-1h", "1h30m", " 1h"])
def test_no_length_of_time(words):
    with pytest.raises(ValueError, match='like "30m", "6h" or "1d"'):
        parse_every(words)


@pytest.mark.parametrize("words", ["0 5 * *", "every day", "61 5 * * *", "0 0 30 2 *"])
def test_no_cron_expression(words):
    with pytest.raises(ValueError, match="is no cron expression"):
        check_cron(words)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (Times.of(schedule=None, every=None), datetime(2025, 7, 22, 5, tzinfo=UTC)),
        (Times.of(schedule="0 7 * * *", every=None), datetime(2025, 7, 21, 7, tzinfo=UTC)),
        (Times.of(schedule="30 6 * * 1", every=None), datetime(2025, 7, 28, 6, 30, tzinfo=UTC)),
        (Times.of(schedule=None, every="6h"), MONDAY + timedelta(hours=6)),
    ],
)
def test_the_next_time(times, expected):
    assert times.next_after(MONDAY) == expected


def test_times_are_of_one_kind():
    assert Times.of(schedule=None, every=None).cron == EVERY_MORNING
    with pytest.raises(ValueError, match="not both"):
        Times.of(schedule=EVERY_MORNING, every="1h")


def test_a_time_of_another_zone_is_taken_as_utc():
    abroad = datetime.fromisoformat("2025-07-21T06:30:00+02:00")  # 04:30 UTC
    assert Times.of(schedule=None, every=None).next_after(abroad) == datetime(2025, 7, 21, 5, tzinfo=UTC)
