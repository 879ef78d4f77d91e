import os
import subprocess
import sys

import pytest

from pipeline.errors import StoreError
from pipeline.store import processes
from pipeline.store.processes import drop_stale_lock, is_alive, is_our_postgres, read_pid, stop_postgres


@pytest.mark.parametrize(
    ("content", "expected"), [("123\n/data\n", 123), ("-123\n", 123), ("", None), ("x\n", None), (None, None)]
)
def test_the_number_stands_in_the_first_line(tmp_path, content, expected):
    if content is not None:
        (tmp_path / "lock").write_text(content)
    assert read_pid(tmp_path / "lock") == expected


@pytest.fixture
def pretender(tmp_path):
    """A process that looks like PostgreSQL's server of ``tmp_path / "data"``, and does not stop when asked."""
    program = tmp_path / "bin" / "postgres"
    program.parent.mkdir()
    program.symlink_to("/bin/sh")
    script = "trap '' INT QUIT; echo on; while :; do read line; done"
    command = [str(program), "-c", script, "-D", str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_a_server_is_known_by_its_command_line(tmp_path, pretender):
    assert is_our_postgres(pretender.pid, tmp_path / "data")
    assert not is_our_postgres(pretender.pid, tmp_path / "other")
    assert not is_our_postgres(pretender.pid, tmp_path)
    assert not is_our_postgres(os.getpid(), tmp_path / "data")
    assert not is_our_postgres(2**22 + 1, tmp_path / "data")  # above the highest number there can be


def test_only_a_lock_that_names_somebody_else_is_dropped(tmp_path, pretender):
    lock = tmp_path / "lock"
    for pid, is_kept in ((pretender.pid, True), (2**22 + 1, True), (os.getpid(), False)):
        lock.write_text(f"{pid}\n")
        drop_stale_lock(lock, tmp_path / "data")
        assert lock.exists() is is_kept


def test_who_is_not_ours_is_not_signalled(tmp_path):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as innocent:
        stop_postgres(innocent.pid, tmp_path, patience=0.1)
        assert innocent.poll() is None
        innocent.kill()


def test_a_server_that_does_not_stop_is_said_so(tmp_path, pretender):
    with pytest.raises(StoreError, match="does not stop"):
        stop_postgres(pretender.pid, tmp_path / "data", patience=0.1)


def test_any_number_can_be_asked_for(pretender):
    assert is_alive(pretender.pid)
    assert is_alive(1)
    assert not is_alive(2**22 + 1)


def test_without_proc_the_same_is_read_from_ps(tmp_path, pretender, monkeypatch):
    """MacOS has no /proc; its ps shows the same line."""
    monkeypatch.setattr(processes, "_PROC", tmp_path / "no-proc")
    assert is_our_postgres(pretender.pid, tmp_path / "data")
    assert not is_our_postgres(pretender.pid, tmp_path / "other")
    assert not is_our_postgres(os.getpid(), tmp_path / "data")
