"""All of it at once, where there is no network: started by ``entente up``, a schedule fires, a page answers, it stops together.

It runs in a network namespace that has a loopback and no route, where the system allows one. Every Python process in it also
writes down which names it looks up and which addresses it calls, so that an attempt that would fail quietly is seen.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# A Prefect server, a runner, a page and a flow run: a minute on a quiet machine, several on a busy one.
_LIMIT = 840
NAMESPACE = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--user", "--map-current-user"])]

WATCH = """
import os
import sys

HERE = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", b"localhost", b"127.0.0.1"}


def watch(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] not in HERE:
        note("connects to", args[1])
    elif event == "socket.getaddrinfo" and args[0] not in HERE:
        note("looks up", args[0])


def note(what, where):
    with open(os.environ["WATCH_LOG"], "a") as out:
        out.write(f"{sys.argv[:3]} {what} {where}\\n")


sys.addaudithook(watch)
"""

DRIVER = """
import fcntl, json, os, signal, socket, struct, subprocess, sys, time
import httpx, psutil
from pathlib import Path
from pipeline.settings import Settings
from pipeline.store.embedded import server_status, stop_server
from pipeline.store.runs import load_runs
from pipeline.store.store import open_store

def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        fcntl.ioctl(probe, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS, IFF_UP | IFF_RUNNING

def find_ports(number):
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [str(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports

def wait(what, is_so):
    while not is_so():
        assert up.poll() is None, what
        time.sleep(0.5)

def answers(url):
    try:
        return httpx.get(url, timeout=5, trust_env=False).is_success
    except httpx.TransportError:
        return False

def load():
    with open_store(settings) as store:
        return [run for run in load_runs(store) if run.kind == "ingest"]

if sys.argv[1] == "alone":
    raise_loopback()
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=5)
        raise SystemExit("there is a route")
    except OSError:
        Path(os.environ["WATCH_LOG"]).unlink(missing_ok=True)
settings, said = Settings(), {}
page, server = find_ports(2)
subprocess.run([sys.executable, "-m", "pipeline.cli", "ingest", "first"], check=True, stdout=sys.stderr)
argv = [sys.executable, "-m", "pipeline.cli", "up", "--port", page, "--prefect-port", server]
up = subprocess.Popen(argv, stdout=sys.stderr)
wait("prefect", lambda: answers(f"http://127.0.0.1:{server}/api/health"))
wait("page", lambda: answers(f"http://127.0.0.1:{page}/healthz"))
wait("schedule", lambda: any(run.state == "completed" and "flow_run" in run.settings for run in load()))
said["new"] = [run.counts.get("new") for run in load()][::-1][:2]
children = psutil.Process(up.pid).children(recursive=True)
said["programs"] = len(children)
database = server_status(settings.home).pid
os.kill(database, signal.SIGKILL)  # it is started again, though no command asks for it
wait("database", lambda: server_status(settings.home).pid not in (None, database))
wait("page again", lambda: answers(f"http://127.0.0.1:{page}/healthz"))
up.terminate()
said["code"] = up.wait(120)
said["left"] = [each.pid for each in children if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
said["database"] = server_status(settings.home).is_running  # the first command had started it, so it is left
stop_server(settings.home)
print(json.dumps(said))
"""

CATALOG = '[[source]]\nname = "bulletin"\nkind = "folder"\npath = "second"\nauthority = "press"\nevery = "1m"\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory with two articles, a catalogue, and the watch."""
    for folder, treaty in (("first", "Bergen Treaty"), ("second", "Arica Accord")):
        (tmp_path / folder).mkdir()
        words = f"Norway and Iceland signed the {treaty} on 12 March 2025. Oslo said that the {treaty} must hold.\n"
        (tmp_path / folder / "a.txt").write_text(words, "utf-8")
    (tmp_path / "sources.toml").write_text(CATALOG, "utf-8")
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, "utf-8")
    return tmp_path


def find_refusal() -> str | None:
    """Why there is no namespace to be had, or None."""
    if shutil.which("unshare") is None:
        return "there is no unshare here"
    tried = subprocess.run([*NAMESPACE, "true"], capture_output=True, text=True, check=False)
    return None if tried.returncode == 0 else tried.stderr.strip()


@pytest.mark.slow
@pytest.mark.timeout(_LIMIT + 60)
def test_all_of_it_runs_without_a_network_and_calls_nobody(place: Path):
    refusal = find_refusal()
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ENTENTE_", "PREFECT_")) and not name.lower().endswith("_proxy")
    }
    environment = clean | {
        "ENTENTE_HOME": str(place / "home"),
        "ENTENTE_SOURCES": str(place / "sources.toml"),
        "ENTENTE_LOG_LEVEL": "INFO",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PYTHONPATH": str(place / "watch"),
        "WATCH_LOG": str(place / "watch.log"),
    }
    prefix = [] if refusal else NAMESPACE
    argv = [*prefix, sys.executable, "-c", DRIVER, "beside others" if refusal else "alone"]
    done = subprocess.run(argv, env=environment, cwd=place, capture_output=True, text=True, check=False, timeout=_LIMIT)
    assert done.returncode == 0, done.stderr[-4000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["new"] == [1, 1]  # the command's article, and the schedule's
    assert said["programs"] >= 3
    assert (said["code"], said["left"], said["database"]) == (0, [], True)
    log = place / "watch.log"
    assert (log.read_text() if log.exists() else "") == ""
    if refusal:
        pytest.skip(f"no network namespace ({refusal}): it was run beside a network, and called nobody")
