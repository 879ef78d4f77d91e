"""Fifty kills, of the run, of the database server and of its processes."""

from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.store.embedded import stop_server
from tests.soak.kills import check_kills, run_and_kill
from tests.soak.workers import choose_seed

# Python 3.12 warns of forks beside other threads; these children only talk to the database, and end.
FORKS = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

TIMES = 50


@FORKS
@pytest.mark.timeout(1800)
def test_fifty_kills_lose_nothing(tmp_path: Path, settings: Settings) -> None:
    seed = choose_seed()
    killed = Settings(home=tmp_path / "killed")
    try:
        kills = run_and_kill(killed, tmp_path, times=TIMES, seed=seed)
        print(
            f"{kills.killed} in {kills.seconds:.0f} s, {kills.steps} steps: {check_kills(killed, settings, tmp_path)}"
        )
    finally:
        stop_server(killed.home)
