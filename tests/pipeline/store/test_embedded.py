"""The embedded server, with real kills. Each test has a home and a server of its own."""

import multiprocessing
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import text

from pipeline.errors import StoreError
from pipeline.settings import Settings
from pipeline.store import cluster as cluster_module
from pipeline.store.embedded import server_status, start_server, stop_server
from pipeline.store.store import open_store

# Python 3.12 warns of forks beside other threads; these children only talk to the database, and end.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

LONG = "a-directory-with-quite-a-long-name/" * 4


@pytest.fixture
def home(tmp_path):
    yield tmp_path / "home"
    stop_server(tmp_path / "home")


def ask(url: str, query: str = "SELECT 1"):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchone()[0]


def find_socket(home: Path) -> Path:
    """The short directory that stands in for one beside the data."""
    return Path((home / "postgres" / "socket").read_text().partition("\n")[0])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_starts_once_and_stays_until_it_is_stopped(home):
    assert not server_status(home).is_running
    url = start_server(home)
    status = server_status(home)
    assert (status.is_running, status.url) == (True, url)
    assert start_server(home) == url
    assert server_status(home).pid == status.pid
    assert stop_server(home)
    assert not psutil.pid_exists(status.pid) or psutil.Process(status.pid).status() == psutil.STATUS_ZOMBIE
    assert not stop_server(home)
    assert start_server(home) == url


def test_only_its_owner_reaches_it_and_only_by_its_socket(home):
    url = start_server(home)
    assert mode(home / "postgres") == mode(home / "postgres" / "data") == 0o700
    assert ask(url, "SHOW listen_addresses") == ""
    assert ask(url, "SHOW unix_socket_permissions") == "0700"
    connections = psutil.Process(server_status(home).pid).net_connections(kind="inet")
    assert connections == []


def test_killed_it_is_started_again_with_all_that_was_committed(home):
    url = start_server(home)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    for _ in range(3):
        pid = server_status(home).pid
        os.kill(pid, signal.SIGKILL)
        assert ask(start_server(home), "SELECT number FROM kept") == 7
        assert server_status(home).pid != pid


def test_the_users_own_settings_for_postgresql_are_not_its_business(home, monkeypatch):
    others = {"PORT": "5499", "DATABASE": "x", "USER": "x", "HOST": "h", "DATA": "/x", "CLIENTENCODING": "LATIN1"}
    for name, value in others.items():
        monkeypatch.setenv(f"PG{name}", value)
    with open_store(Settings(home=home)) as store, store.begin() as connection:
        assert connection.execute(text("SELECT 'Š'")).scalar() == "Š"
    monkeypatch.undo()
    assert start_server(home) == server_status(home).url


def test_asking_and_stopping_make_no_directories(home):
    assert not stop_server(home)
    assert not server_status(home).is_running
    assert not home.exists()


def test_a_killed_client_leaves_the_server_up(home):
    url = start_server(home)
    pid = server_status(home).pid
    code = f"import psycopg, os, signal; c = psycopg.connect({url!r}); c.execute('SELECT 1'); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    assert ask(url) == 1
    assert server_status(home).pid == pid


def test_an_innocent_process_with_the_servers_old_number_is_left_alone(home):
    start_server(home)
    stop_server(home)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as innocent:
        pid_file = home / "postgres" / "data" / "postmaster.pid"
        pid_file.write_text(f"{innocent.pid}\n{pid_file.parent}\n1\n5432\n\n\n\nready\n")
        try:
            assert not server_status(home).is_running
            assert not stop_server(home)
            assert ask(start_server(home)) == 1
            assert server_status(home).pid != innocent.pid
            assert stop_server(home)
            assert innocent.poll() is None
        finally:
            innocent.kill()


def test_a_dead_server_that_nobody_waited_for_is_no_server(home):
    """In a container nobody may reap it: its number is taken, but it will never answer."""
    start_server(home)
    stop_server(home)
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    try:
        deadline = time.monotonic() + 30
        while psutil.Process(zombie.pid).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        pid_file = home / "postgres" / "data" / "postmaster.pid"
        pid_file.write_text(f"{zombie.pid}\n{pid_file.parent}\n1\n5432\n\n\n\nready\n")
        assert ask(start_server(home)) == 1
    finally:
        zombie.wait()


def test_any_number_of_processes_may_start_it_at_once(home):
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(4), context.Queue()

    def start():
        barrier.wait()
        answers.put((start_server(home), server_status(home).pid))

    workers = [context.Process(target=start) for _ in range(4)]
    for worker in workers:
        worker.start()
    assert len({answers.get(timeout=60) for _ in workers}) == 1
    for worker in workers:
        worker.join()


@pytest.mark.parametrize("name", [LONG, 'Ana\'s, "files" $(touch x) ärger'])
def test_a_home_no_socket_can_have_gets_a_short_private_one(tmp_path, name):
    home = tmp_path / name
    try:
        url = start_server(home)
        socket = find_socket(home)
        assert ask(url) == 1
        assert mode(socket) == 0o700
        assert start_server(home) == url
        shutil.rmtree(socket)  # somebody cleans up
        assert ask(start_server(home)) == 1
        assert stop_server(home)
        assert ask(start_server(home)) == 1
    finally:
        stop_server(home)
        shutil.rmtree(find_socket(home))


def test_a_copied_home_does_not_open_its_original(tmp_path):
    home, copy = tmp_path / LONG, tmp_path / "copy" / LONG
    try:
        start_server(home)
        stop_server(home)
        shutil.copytree(home, copy)
        url = start_server(home)
        assert not server_status(copy).is_running
        assert ask(start_server(copy), "SHOW data_directory") == str(copy / "postgres" / "data")
        assert ask(url, "SHOW data_directory") == str(home / "postgres" / "data")
    finally:
        for each in (home, copy):
            stop_server(each)
            shutil.rmtree(find_socket(each))


def test_what_is_made_by_halves_is_made_anew(home):
    (home / "postgres" / "data.partial").mkdir(parents=True)
    (home / "postgres" / "data.partial" / "PG_VERSION").write_text("18\n")
    assert ask(start_server(home)) == 1


def test_data_of_another_major_version_is_refused(home):
    (home / "postgres" / "data").mkdir(parents=True)
    (home / "postgres" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(StoreError, match="is of PostgreSQL 16"):
        start_server(home)


def test_a_home_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Set ENTENTE_HOME"):
        start_server(tmp_path / "file" / "home")


def test_a_server_that_does_not_start_says_why(home):
    start_server(home)
    stop_server(home)
    (home / "postgres" / "data" / "postgresql.conf").write_text("nonsense\n")
    try:
        with pytest.raises(StoreError, match=r"(?s)did not start.*syntax error"):
            start_server(home)
    finally:
        (home / "postgres" / "data" / "postgresql.conf").write_text("")


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="another account can only be taken by root")


@needs_root
def test_where_namespaces_are_refused_an_account_runs_it(home, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "_find_namespace", lambda: ())
    monkeypatch.setattr(cluster_module, "STATE_DIRECTORY", Path(f"/var/lib/entente-test-{os.getpid()}"))
    nobody = pwd.getpwnam("nobody").pw_uid
    try:
        url = start_server(home)
        assert ask(url) == 1
        assert psutil.Process(server_status(home).pid).uids().real == nobody
        # Namespaces work again: what was chosen first is kept.
        monkeypatch.undo()
        assert start_server(home) == url
        os.kill(server_status(home).pid, signal.SIGKILL)
        assert ask(start_server(home)) == 1
        assert server_status(home).data.stat().st_uid == nobody
        stop_server(home)
    finally:
        shutil.rmtree(f"/var/lib/entente-test-{os.getpid()}", ignore_errors=True)
        shutil.rmtree(home)


@needs_root
def test_what_a_namespace_made_is_not_silently_replaced(home, monkeypatch):
    start_server(home)
    stop_server(home)
    with monkeypatch.context() as patched:
        patched.setattr(cluster_module, "_find_namespace", lambda: ())
        with pytest.raises(StoreError, match="made in a user namespace"):
            start_server(home)


def is_reachable_for_all(path: Path) -> bool:
    return all(each.stat().st_mode & 0o001 for each in path.parents)


@needs_root
@pytest.mark.skipif(not is_reachable_for_all(Path(psycopg.__file__)), reason="the environment is closed to other users")
def test_a_normal_user_needs_nothing_of_this_and_no_other_user_may_use_it(tmp_path):
    """In a child process that gives its rights up: root's own directories above the home are opened for it."""
    nobody = pwd.getpwnam("nobody")
    home = Path(f"/tmp/entente-test-{os.getpid()}")
    home.mkdir(mode=0o700)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    context = multiprocessing.get_context("fork")
    answers = context.Queue()

    def start():
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        answers.put((ask(start_server(home)), psutil.Process(server_status(home).pid).uids().real, stop_server(home)))

    worker = context.Process(target=start)
    try:
        worker.start()
        assert answers.get(timeout=60) == (1, nobody.pw_uid, True)
        with pytest.raises(StoreError, match="belongs to another user"):
            start_server(home)
    finally:
        worker.join()
        shutil.rmtree(home)
