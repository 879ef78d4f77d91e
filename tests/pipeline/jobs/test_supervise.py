"""Programs that run together: started in order, started again, stopped with their parent however it goes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.jobs.supervise import find_members

PARENT = """
import os, sys, time
from pathlib import Path
from pipeline.jobs.supervise import Program, Supervisor

here = Path(sys.argv[1])
CHILD = "import subprocess, sys, time; open(sys.argv[1], 'a').write(str(__import__('os').getpid()) + chr(10)); "
WORK = CHILD + "subprocess.Popen(['sleep', '1000']); time.sleep(1000)"

def make(name, code):
    argv = [sys.executable, "-c", code, str(here / name)]
    return Program(name=name, argv=argv, environment=os.environ, is_ready=(here / name).exists)

programs = [make("first", WORK), make("second", WORK), make("brief", CHILD + "time.sleep(0.2)")]
with Supervisor(programs) as supervisor:
    supervisor.run()
"""


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    """Nobody waits for a child of a killed parent in a container: a zombie is gone too."""
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def parent(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A supervisor whose programs all run; the third one ends again and again."""
    with subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], start_new_session=True) as process:
        wait_until(lambda: bool(pids(tmp_path / "brief")))
        yield process
        process.kill()
        for name in ("first", "second", "brief"):
            for pid in pids(tmp_path / name):
                for member in find_members(pid):
                    os.kill(member, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_end_together_with_what_they_have_started(parent: "subprocess.Popen[bytes]", tmp_path: Path, number: int):
    ((first,), (second,)) = (pids(tmp_path / name) for name in ("first", "second"))
    wait_until(lambda: len(find_members(first)) == len(find_members(second)) == 2)
    parent.send_signal(number)
    assert parent.wait(60) == 0
    assert find_members(first) == find_members(second) == []


def test_one_that_is_killed_is_started_again_and_one_that_ends_waits_longer_each_time(
    parent: "subprocess.Popen[bytes]", tmp_path: Path
):
    (first,) = pids(tmp_path / "first")
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: len(pids(tmp_path / "first")) == 2)
    wait_until(lambda: len(pids(tmp_path / "brief")) >= 2)
    assert len(pids(tmp_path / "second")) == 1
    assert parent.poll() is None
    parent.terminate()
    parent.wait(60)
    assert find_members(first) == []  # what the killed one had started too


STUCK = """
import os, sys, time
from pathlib import Path
from pipeline.jobs import supervise

supervise._ASK_EVERY, supervise._STUCK = 0.2, 1.0
here, begun = Path(sys.argv[1]), time.monotonic()
WORK = "import sys, time; open(sys.argv[1], 'a').write(str(__import__('os').getpid()) + chr(10)); time.sleep(1000)"

def make(name, is_well):
    argv = [sys.executable, "-c", WORK, str(here / name)]
    return supervise.Program(name=name, argv=argv, environment=os.environ, is_well=is_well)

def is_past_it():  # ill for a moment, which passes
    return not 0.3 < time.monotonic() - begun < 0.9

with supervise.Supervisor([make("ill", lambda: False), make("well", is_past_it)]) as supervisor:
    supervisor.run()
"""


def test_one_that_is_not_well_for_long_is_killed_and_started_again(tmp_path: Path):
    with subprocess.Popen([sys.executable, "-c", STUCK, str(tmp_path)], start_new_session=True) as process:
        wait_until(lambda: len(pids(tmp_path / "ill")) >= 2)
        process.terminate()
    assert len(pids(tmp_path / "well")) == 1
    assert is_gone(pids(tmp_path / "ill")[0])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_none_outlives_a_parent_that_was_killed(parent: "subprocess.Popen[bytes]", tmp_path: Path):
    started = [*pids(tmp_path / "first"), *pids(tmp_path / "second")]
    parent.kill()
    wait_until(lambda: all(is_gone(pid) for pid in started))


def test_the_members_of_a_session_are_known():
    assert os.getpid() in find_members(os.getsid(0))
    assert find_members(2**22 + 1) == []
