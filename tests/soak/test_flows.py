"""Fifty kills of all that takes part in scheduled ingestion, a full disk, and a clock that jumps: an hour or so.

``SOAK_KILLS=…`` makes it shorter; the short version in `make test` is ``tests/flows/test_kills.py``.
"""

import os
import random

import pytest

from tests.soak.machine import TARGETS
from tests.soak.scheduled import CLOCK, FULL_DISK, disturb
from tests.soak.workers import choose_seed


@pytest.mark.timeout(10_800)
def test_fifty_kills_of_scheduled_ingestion_lose_nothing(settings, tmp_path):
    seed = choose_seed()
    chance = random.Random(f"{seed} events")
    kills = int(os.environ.get("SOAK_KILLS", "50"))
    events = [*TARGETS, *(chance.choice(TARGETS) for _ in range(kills - len(TARGETS)))]
    events += [FULL_DISK, FULL_DISK, CLOCK, CLOCK, CLOCK]
    chance.shuffle(events)
    report = disturb(tmp_path, settings, events, seed=seed)
    print(report)
    assert report.found["rows"] > 0
    assert sum(report.failed.values()) > 0
