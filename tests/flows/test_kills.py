"""Five kills of what takes part in scheduled ingestion, a full disk and a clock that jumps; `make soak` has fifty kills."""

import pytest

from tests.soak.scheduled import CLOCK, FULL_DISK, disturb
from tests.soak.workers import choose_seed


@pytest.mark.slow
@pytest.mark.timeout(2700)
def test_five_kills_lose_nothing(settings, tmp_path):
    events = ["run", "schedules", FULL_DISK, "server", "worker", CLOCK, "database"]
    report = disturb(tmp_path, settings, events, seed=choose_seed())
    assert report.done == dict.fromkeys(events, 1)
    assert report.found["rows"] > 0
