"""A machine on which all of it runs by itself: ``entente up``, and a worker beside it; what is killed is started again.

``entente up`` looks after Prefect's server, the schedules and the database; a system's service manager looks after ``entente
up`` and the worker, and so does this.
"""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil

from pipeline.jobs.supervise import find_members
from pipeline.settings import Settings
from pipeline.store.embedded import server_status, stop_server
from tests.soak.faulty_site import FaultySite

LIGHT = Path(__file__).parent / "light"
TARGETS = ("run", "schedules", "worker", "server", "database", "backend", "up")
POOL = "entente"


class Machine:
    """What runs on it, by its home; a context manager."""

    def __init__(self, folder: Path, site: FaultySite) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.port = _find_free_port()
        self.url = f"http://127.0.0.1:{self.port}/api"
        self._sessions: list[int] = []
        self.catalog = folder / "sources.toml"
        self.catalog.write_text(site.make_catalog(), "utf-8")
        up = [sys.executable, "-m", "pipeline.cli", "up", "--no-review", "--prefect-port", str(self.port)]
        worker = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process"]
        self._argv = {"up": up, "worker": [*worker, "--name", "soak"]}
        environment = self._make_environment()
        self._environments = {"up": environment, "worker": environment | {"PREFECT_API_URL": self.url}}
        self._programs: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Machine":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        with suppress(OSError):
            stop_server(self.home)

    def stop(self) -> None:
        """End all programs but the database, at once."""
        for session in self._sessions:
            for pid in find_members(session):
                _kill(pid)
        for process in self._find_processes():
            _kill(process.pid)
        for program in self._programs.values():
            program.wait(60)
        self._programs.clear()

    @property
    def settings(self) -> Settings:
        """Of its store, and of all its sources."""
        # Its own server, also where the tests' environment names another one.
        return Settings(
            home=self.home, database_url=None, sources=self.catalog, fetch_allow_private=True, fetch_pace=0.0
        )

    def _make_environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ENTENTE_", "PREFECT_"))}
        return kept | {
            "ENTENTE_HOME": str(self.home),
            "ENTENTE_SOURCES": str(self.catalog),
            "ENTENTE_FETCH_ALLOW_PRIVATE": "true",
            "ENTENTE_FETCH_PACE": "0",
            "ENTENTE_LOG_LEVEL": "INFO",
            "PYTHONPATH": str(LIGHT),
            "PREFECT_HOME": str(self.home / "prefect"),
            "PREFECT_SERVER_UI_ENABLED": "false",
            "PREFECT_RUNNER_POLL_FREQUENCY": "2",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
        }

    def keep(self) -> None:
        """Start what does not run, as a service manager would."""
        for name, argv in self._argv.items():
            program = self._programs.get(name)
            if program is not None and program.poll() is None:
                continue
            if name == "worker" and not self.is_answering():
                continue
            with (self.folder / f"{name}.log").open("ab") as out:
                self._programs[name] = subprocess.Popen(
                    argv,
                    env=self._environments[name],
                    cwd=self.folder,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
            self._sessions.append(self._programs[name].pid)

    def is_answering(self) -> bool:
        """Whether Prefect's server does."""
        try:
            return httpx.get(f"{self.url}/health", timeout=5, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def wait(self, is_so: Callable[[], bool], what: str, *, limit: float) -> None:
        """Look after it until that is so.

        Raises:
            AssertionError: it was not for so many seconds.
        """
        deadline = time.monotonic() + limit
        while not is_so():
            assert time.monotonic() < deadline, f"{what} after {limit} s:\n{self.read_logs()}"
            self.keep()
            time.sleep(0.5)

    def read_logs(self) -> str:
        """The ends of what was said."""
        logs = [self.folder / "up.log", self.folder / "worker.log"]
        return "\n\n".join(log.read_text("utf-8", errors="replace")[-4000:] for log in logs if log.exists())

    def find_victims(self, target: str) -> list[int]:
        """The processes that are this target; none where it does not run now."""
        if target in {"database", "backend"}:
            pid = server_status(self.home).pid
            return [] if pid is None else [pid] if target == "database" else _find_children(pid)[:1]
        if target == "up":
            program = self._programs.get("up")
            return [program.pid] if program is not None and program.poll() is None else []
        words = {"run": "prefect.engine", "schedules": "pipeline.cli serve", "worker": "worker start"}
        # The server is two processes, the second of which would live on and keep the port.
        words["server"] = f"--port {self.port}"
        return [each.pid for each in self._find_processes() if words[target] in _read_command(each)]

    def kill(self, target: str) -> bool:
        """Kill it with SIGKILL; whether there was anything to kill."""
        killed = [_kill(pid) for pid in self.find_victims(target)]  # all of them, not only the first
        return any(killed)

    @contextmanager
    def full_disk(self) -> Iterator[Callable[[], bool]]:
        """No file of any program of this machine, also of what is started meanwhile, can grow beyond a MiB.

        Yields what says whether anybody has met it by now.
        """
        limit = (2**20, resource.RLIM_INFINITY)
        logs = [self.home / "postgres" / "log", self.folder / "up.log", self.folder / "worker.log"]
        sizes = {log: log.stat().st_size for log in logs if log.exists()}
        try:
            self._limit_files(limit)
            yield lambda: any(_says_full(log, size) for log, size in sizes.items())
        finally:
            self._limit_files((resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def _limit_files(self, limit: tuple[int, int]) -> None:
        pid = server_status(self.home).pid
        database = [] if pid is None else [pid, *_find_children(pid)]
        for each in (*(process.pid for process in self._find_processes()), *database):
            with suppress(psutil.Error):
                psutil.Process(each).rlimit(psutil.RLIMIT_FSIZE, limit)

    def _find_processes(self) -> list[psutil.Process]:
        """All that have this home, but the database, which has an environment of its own."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get("ENTENTE_HOME") == str(self.home) and process.pid != os.getpid():
                    found.append(process)
        return found


def _says_full(log: Path, since: int) -> bool:
    """Whether a log says of a full disk what PostgreSQL, Python or SQLite say, after so many bytes."""
    said = log.read_bytes()[since:]
    return any(words in said for words in (b"File too large", b"disk I/O error", b"disk is full"))


def _find_children(pid: int) -> list[int]:
    with suppress(psutil.Error):
        return [each.pid for each in psutil.Process(pid).children()]
    return []


def _read_command(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
