"""Five kills, of the run, of the database server and of its processes; `make soak` has fifty."""

import pytest

from pipeline.settings import Settings
from pipeline.store.embedded import stop_server
from tests.soak.kills import check_kills, run_and_kill
from tests.soak.workers import choose_seed

# Python 3.12 warns of forks beside other threads; these children only talk to the database, and end.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")]


def test_five_kills_lose_nothing(settings, tmp_path):
    killed = Settings(home=tmp_path / "killed")
    try:
        kills = run_and_kill(killed, tmp_path, times=5, seed=choose_seed())
        assert sum(kills.killed.values()) == 5
        assert check_kills(killed, settings, tmp_path)["rows"] > 0
    finally:
        stop_server(killed.home)
