import pytest

from pipeline.errors import ExtractError, FetchError, PassingError, ReadError, RefusedError, StoreError
from pipeline.jobs.counts import Failure
from pipeline.jobs.schedule import find_delays

DAY = 86_400


@pytest.mark.parametrize(
    ("error", "first", "attempts"),
    [
        (PassingError("timed out", address="https://example.org/a"), 900, 6),
        (FetchError("no such page", address="https://example.org/a"), None, 0),
        (FetchError("no such file", address="/a.txt"), None, 0),
        (RefusedError("not public", address="http://10.0.0.1/"), None, 0),
        (ReadError("took too long", address="/a.pdf"), DAY, 2),
        (ExtractError("no memory", address="/a.txt"), DAY, 2),
        (StoreError("cannot keep this text"), 900, 3),
    ],
)
def test_when_what_failed_is_tried_again(error, first, attempts):
    delays = find_delays(Failure.of(error, address="/a.txt", stage="save"))
    assert (next(iter(delays), None), len(delays)) == (first, attempts)
    assert list(delays) == sorted(delays)


def test_no_try_comes_sooner_than_a_server_asked_for():
    failure = Failure.of(PassingError("busy", address="https://example.org/a"), address="", stage="fetch")
    assert find_delays(failure, retry_after=7200.0)[:3] == (7200, 7200, 14_400)
