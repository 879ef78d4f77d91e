"""Five kills, of the run, of the database server and of its processes; `make soak` has fifty."""

import os
import signal

import pytest

from pipeline.settings import Settings
from pipeline.store.embedded import stop_server
from pipeline.store.store import open_store
from tests.soak import told
from tests.soak.checks import find_faults
from tests.soak.kills import CYCLE, check_kills, end, follow, make_run, run_and_kill
from tests.soak.workers import choose_seed, read_notes, start

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


def test_what_is_half_done_where_a_run_may_end_is_done_again(settings, tmp_path, monkeypatch):
    run = make_run(settings, tmp_path)
    save = told.save_article

    def save_or_die(*args, **kwargs):
        if len(read_notes(run.notes)) == CYCLE:
            os.kill(os.getpid(), signal.SIGKILL)  # its bytes are saved, and it is not
        return save(*args, **kwargs)

    monkeypatch.setattr(told, "save_article", save_or_die)
    process = start(follow, run)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    monkeypatch.undo()
    end(start(follow, run), run)
    assert len(read_notes(run.notes)) == 2 * CYCLE
    with open_store(settings) as store:
        assert find_faults(store) == {}
