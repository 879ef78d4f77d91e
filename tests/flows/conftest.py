"""A real Prefect server for the flows' tests, with a home and a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from pipeline.settings import Settings

# Starting takes 10 s on a quiet machine with two cores, and three minutes where a dozen others want them.
_START_LIMIT = 280.0


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def prefect_environment(home: Path, url: str) -> dict[str, str]:
    """What a process needs to use this server and nothing of the user's own Prefect."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_ENABLED": "false",
        # The scheduler looks every 60 s by default: a test of schedules cannot wait that long.
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a process that is to use the server."""
    home = tmp_path_factory.mktemp("prefect")
    port = find_free_port()
    environment = prefect_environment(home, f"http://127.0.0.1:{port}/api")
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ui",
    ]
    with (home / "server.log").open("wb") as log:
        # A session of its own: Prefect starts children, and all of them must go when the tests are over.
        server = subprocess.Popen(
            command, env=os.environ | environment, stdout=log, stderr=log, cwd=home, start_new_session=True
        )
        try:
            wait_until_healthy(environment["PREFECT_API_URL"], server, home / "server.log")
            yield environment
            drain()
        finally:
            stop(server)


def wait_until_healthy(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the Prefect server ended with {server.returncode}:\n{log.read_text()[-2000:]}")
        try:
            if httpx.get(f"{url}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.3)
    pytest.fail(f"the Prefect server did not answer within {_START_LIMIT} s:\n{log.read_text()[-2000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children: first asked, then made to."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            continue
        return


def drain() -> None:
    """Send what this process's Prefect threads still hold: at exit they would look for the server for a minute."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=30)
    EventsWorker.drain_all(timeout=30)


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a store of its own; flows read them from the environment."""
    monkeypatch.setenv("ENTENTE_HOME", str(settings.home))
    monkeypatch.setenv("ENTENTE_DATABASE_URL", str(settings.database_url))
    return settings


@pytest.fixture
def prefect(prefect_server: dict[str, str]) -> Iterator[str]:
    """Flows that are called in this process are tracked by the server, which knows of no earlier ones; its URL."""
    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    url = prefect_server["PREFECT_API_URL"]
    with temporary_settings({PREFECT_API_URL: url, PREFECT_HOME: Path(prefect_server["PREFECT_HOME"])}):
        _forget_all()
        yield url


def _forget_all() -> None:
    """Take away what other tests have left in the server, which all of them share."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        for deployment in client.read_deployments():
            client.delete_deployment(deployment.id)
        while runs := client.read_flow_runs(limit=200):
            for run in runs:
                client.delete_flow_run(run.id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, treaty in (("bergen.txt", "Bergen Treaty"), ("arica.txt", "Arica Accord"), ("tartu.txt", "Tartu Pact")):
        text = f"Norway and Iceland signed the {treaty} on 12 March 2025. Oslo said that the {treaty} must hold.\n"
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def busy_site() -> Iterator[tuple[str, list[str]]]:
    """The address of a site that is too busy for the first two requests, and the list of articles it was asked for."""
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            is_robots = self.path == "/robots.txt"
            if not is_robots:
                asked.append(self.path)
            self.send_response(404 if is_robots else 503 if len(asked) <= 2 else 200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"Norway and Iceland signed the Bergen Treaty on 12 March 2025.")

        def log_message(self, *args: object):
            pass  # nothing on the terminal

    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture
def stop_process() -> Callable[[subprocess.Popen[bytes]], None]:
    """Ends a process that leads a session of its own, and all it has started."""
    return stop
