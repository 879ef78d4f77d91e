from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipeline.sources.retries import backoff, is_passing, read_retry_after


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 522])
def test_what_may_pass(status):
    assert is_passing(status)


@pytest.mark.parametrize("status", [200, 304, 400, 401, 403, 404, 410, 418, 451, 501, 505])
def test_what_stays(status):
    assert not is_passing(status)


@pytest.mark.parametrize(("attempt", "most"), [(1, 0.5), (2, 1), (3, 2), (7, 30), (2000, 30)])
def test_a_wait_grows_and_is_half_chance(attempt, most):
    waits = [backoff(attempt) for _ in range(50)]
    assert most / 2 <= min(waits) <= max(waits) <= most
    assert len(set(waits)) > 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("999999999", 86_400),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 500, None),
        ("Fri, 12 Sep 1997 10:00:00 GMT", 0),
        ("Fri, 12 Sep 1997 10:00:00", 0),
        ("Fri, 99 Sep 2025 10:00:00 GMT", None),
        ("Fri, 12 Sep 99999999999999999999 10:00:00 GMT", None),
        ("Fri, 12 Sep 2025 10:00:00 +99999999999999", None),
    ],
)
def test_retry_after(value, seconds):
    assert read_retry_after(value) == seconds


def test_retry_after_as_a_time():
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert read_retry_after(at) == pytest.approx(90, abs=3)
