"""A PostgreSQL that is reached by URL: its programs are those of the embedded one, its directory and port are its own."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from pipeline.store.cluster import find_binaries, find_cluster, make_data
from pipeline.store.processes import read_pid, stop_postgres


@contextmanager
def serve(home: Path) -> Iterator[str]:
    """The URL, by TCP on loopback, of a server with default settings in a directory of its own; stopped at the end."""
    cluster = find_cluster(home)
    make_data(cluster)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    argv = [str(find_binaries(cluster) / "postgres"), "-D", str(cluster.data), "-c", "unix_socket_directories="]
    argv += ["-c", "listen_addresses=127.0.0.1", "-c", f"port={port}"]
    shell = 'log="$1"; shift; "$@" </dev/null >>"$log" 2>&1 &'
    assert cluster.run(["/bin/sh", "-c", shell, "sh", str(cluster.log), *argv]).returncode == 0
    url = f"postgresql://entente@127.0.0.1:{port}/postgres"
    try:
        _wait(url, cluster.log)
        yield url
    finally:
        pid = read_pid(cluster.data / "postmaster.pid")
        if pid is not None:
            stop_postgres(pid, cluster.data)


def _wait(url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, log.read_text(errors="replace")
            time.sleep(0.1)
        else:
            return
