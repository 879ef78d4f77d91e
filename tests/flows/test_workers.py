"""Many machines by configuration only: a work pool, what ``entente serve --manifest`` prints, and two workers."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from pipeline.settings import Settings
from pipeline.store.articles import load_articles
from pipeline.store.runs import load_runs
from pipeline.store.store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect"), pytest.mark.timeout(1200)]

ROOT = Path(__file__).parents[2]
LIGHT = Path(__file__).parents[1] / "soak" / "light"
Stop = Callable[[subprocess.Popen[bytes]], None]

# A worker, and each run that it starts, is a process that imports Prefect: minutes on a busy machine.
_LIMIT = 600.0

SOURCE = '[[source]]\nname = "{0}"\nkind = "folder"\npath = "{0}"\nauthority = "press"\nevery = "1d"\n\n'


@pytest.fixture
def team(settings: Settings, prefect_server: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of each machine; the catalogue has two sources."""
    for name, treaty in (("north", "Bergen Treaty"), ("south", "Arica Accord")):
        (tmp_path / name).mkdir()
        words = f"Norway and Iceland signed the {treaty} on 12 March 2025. Oslo said that the {treaty} must hold.\n"
        (tmp_path / name / "a.txt").write_text(words, "utf-8")
    catalog = tmp_path / "sources.toml"
    catalog.write_text(SOURCE.format("north") + SOURCE.format("south"), "utf-8")
    return os.environ | prefect_server | {"ENTENTE_SOURCES": str(catalog), "PYTHONPATH": str(LIGHT)}


def ask(team: dict[str, str], *words: str) -> str:
    """Run a program of a machine as docs/flows.md says it, in the clone."""
    done = subprocess.run(
        [sys.executable, "-m", *words], env=team, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@contextmanager
def work(team: dict[str, str], name: str, folder: Path, stop: Stop) -> Iterator[Path]:
    """A worker that takes one run at a time; its log."""
    log = folder / f"{name}.log"
    with log.open("wb") as out:
        worker = subprocess.Popen(
            [sys.executable, "-m", "prefect", "worker", "start", "--pool", "entente", "--name", name, "--limit", "1"],
            env=team,
            cwd=folder,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield log
    finally:
        stop(worker)


def test_two_workers_share_the_sources(
    team: dict[str, str], settings: Settings, tmp_path: Path, stop_process: Stop, monkeypatch: pytest.MonkeyPatch
):
    manifest = tmp_path / "prefect.yaml"
    manifest.write_text(ask(team, "pipeline.cli", "serve", "--manifest"), "utf-8")
    ask(team, "prefect", "work-pool", "create", "entente", "--type", "process", "--overwrite")
    ask(team, "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(manifest))
    with ExitStack() as machines:
        logs = [machines.enter_context(work(team, name, tmp_path, stop_process)) for name in ("first", "second")]
        with get_client(sync_client=True) as client:
            wait_for(lambda: all("Worker" in log.read_text() for log in logs), logs)
            deployments = {each.name: each.id for each in client.read_deployments() if each.work_pool_name == "entente"}
            asked = [deployments["source-north"], deployments["source-south"]]
            runs = [client.create_flow_run_from_deployment(each).id for each in asked]
            wait_for(lambda: all(client.read_flow_run(each).state_name == "Completed" for each in runs), logs)
            for each in deployments.values():
                client.delete_deployment(each)
    with open_store(settings) as store:
        assert sorted(Path(each.address).parent.name for each in load_articles(store)) == ["north", "south"]
        assert [run.state for run in load_runs(store) if run.kind == "ingest"] == ["completed"] * 2
    assert ["submitting flow run" in log.read_text() for log in logs] == [True, True]


def wait_for(is_so: Callable[[], bool], logs: list[Path]) -> None:
    deadline = time.monotonic() + _LIMIT
    while time.monotonic() < deadline:
        if is_so():
            return
        time.sleep(1)
    pytest.fail("\n\n".join(log.read_text()[-3000:] for log in logs))
