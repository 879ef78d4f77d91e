"""A run that is killed again and again, and so is its database: nothing that it was told is done may be lost, or be there twice.

The run is a list of steps without an end. Its process puts down each step when it is told that it is done; the next one
goes on behind the last of them, so the step in flight is done twice or for the first time, as under Prefect.
"""

import os
import random
import signal
import time
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import StoreError
from pipeline.jobs.imports import ImportOptions, import_agreements
from pipeline.jobs.link import link_register
from pipeline.settings import Settings
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.embedded import server_status
from pipeline.store.filters import DecisionFilter
from pipeline.store.store import Store, open_store
from tests.soak.checks import find_faults, load_grouping
from tests.soak.told import save_told, tell
from tests.soak.workers import note, read_notes, start

CYCLE = 12  # steps after which a run may end: what is saved by then is linked
TARGETS = ("writer", "postmaster", "backend")
# From one kill to the next: some steps (a busy machine needs longer for them), and then any part of one, which takes 20 ms.
_MOST_STEPS = 6
_LONGEST_STEP = 0.04


class Run(NamedTuple):
    """What the process of a run is given."""

    settings: Settings
    notes: Path
    enough: Path  #: once this file is there, the run ends where a cycle does
    ended: Path  #: what the process leaves that ends so


class Kills(NamedTuple):
    """What became of a run that was killed."""

    killed: dict[str, int]
    steps: int
    seconds: float


def follow(run: Run) -> None:
    """Do step after step, behind those that are done; a database that goes away ends it, as it ends a run of ours.

    The first step is done wherever it stands: a process that was killed may have left half of it.
    """
    number = max((int(one["step"]) for one in read_notes(run.notes)), default=-1) + 1
    try:
        with open_store(run.settings) as store:
            is_cycle_done = False
            while not (is_cycle_done and run.enough.exists()):
                facts = do_step(store, number, run.notes.parent)
                note(run.notes, step=number, **facts)
                number += 1
                is_cycle_done = number % CYCLE == 0
        run.ended.touch()
    except StoreError as error:
        note(run.notes.with_suffix(".errors"), error=str(error))


def do_step(store: Store, number: int, folder: Path) -> dict[str, Any]:
    """One step: mostly an article is saved; now and then one is saved anew, decided on or imported, and all is linked."""
    cycle, at = divmod(number, CYCLE)
    if at < 7:
        return _save(store, cycle * 7 + at)
    if at == 7:
        return _save(store, max(0, (cycle - 1) * 7 + 2), 1 + cycle % 3)
    if at == 8:
        return _decide(store, cycle)
    if at == 9:
        return _import(store, folder, cycle)
    link_register(store)
    return {"did": "link"}


def _save(store: Store, number: int, version: int = 1) -> dict[str, Any]:
    told = tell(number, version)
    save_told(store, told)
    return {"did": "article", "id": told.article.id, "number": number, "version": version}


def _decide(store: Store, cycle: int) -> dict[str, Any]:
    batch = f"cycle {cycle}"
    (record_id,) = tell(cycle * 7 + 1).observations
    known = load_decisions(store, DecisionFilter(batch=batch))  # who is not sure that it was done looks first
    if not known:
        action = DecisionAction.REJECT if cycle % 3 else DecisionAction.ACCEPT
        known = [decide(store, NewDecision(who="ana", record_id=record_id, action=action, batch=batch)).decision]
    return {"did": "decision", "number": known[0].number, "record_id": record_id}


def _import(store: Store, folder: Path, cycle: int) -> dict[str, Any]:
    path = folder / "own.csv"
    path.write_text(f"Name,Kind,Status,Date\nOwn {cycle},treaty,signed,2025\n", "utf-8")
    import_agreements(store, path, ImportOptions(who="ana", source="soak"))
    return {"did": "import", "name": f"Own {cycle}"}


def run_and_kill(settings: Settings, folder: Path, *, times: int, seed: str) -> Kills:
    """Follow the steps on an embedded server while the run, the server or one of its processes is killed that often."""
    chance, began = random.Random(seed), time.monotonic()
    run = make_run(settings, folder)
    killed = dict.fromkeys(TARGETS, 0)
    open_store(settings).close()
    process = start(follow, run)
    while sum(killed.values()) < times:
        process = _go_on(process, run, chance.randrange(_MOST_STEPS))
        time.sleep(chance.uniform(0, _LONGEST_STEP))
        target = chance.choice(TARGETS)
        victim = process.pid if target == "writer" else _find_server(settings, chance, target)
        if victim is not None and _kill(victim):
            killed[target] += 1
        if target == "writer":
            process.join(60)
    end(process, run)
    return Kills(killed, len(read_notes(run.notes)), time.monotonic() - began)


def make_run(settings: Settings, folder: Path) -> Run:
    """A run that puts down what it did in that folder."""
    return Run(settings, folder / "killed.jsonl", folder / "enough", folder / "ended")


def end(process: Any, run: Run) -> None:
    """Let a run go on to the end of a cycle; nobody kills it any more."""
    run.enough.touch()
    while not run.ended.exists():
        process = _go_on(process, run, 1)
    process.join(60)


def _go_on(process: Any, run: Run, steps: int) -> Any:
    """Wait until so many more steps are done; a process that ended meanwhile has a next one."""
    begin, deadline = len(read_notes(run.notes)), time.monotonic() + 120
    while len(read_notes(run.notes)) < begin + steps and not run.ended.exists():
        assert time.monotonic() < deadline, "the next run does not go on"
        if not process.is_alive():
            assert process.exitcode in (0, -signal.SIGKILL), "see the traceback above"
            process = start(follow, run)
        time.sleep(0.005)
    return process


def check_kills(settings: Settings, undisturbed: Settings, folder: Path) -> dict[str, int]:
    """Compare what was killed with the same steps where nothing was; how much there is of what.

    Raises:
        AssertionError: something is lost, doubled, or not as it would have been.
    """
    notes = read_notes(folder / "killed.jsonl")
    assert [one["step"] for one in notes] == list(range(len(notes)))
    with open_store(undisturbed) as store:
        for number in range(len(notes)):
            do_step(store, number, folder)
        wanted = load_grouping(store)
    with open_store(settings) as store:
        faults = find_faults(store)
        assert faults == {}, faults  # pytest does not spell out the comparisons of a module that is no test
        found = load_grouping(store)
        assert sorted(_list_told(notes)) == sorted(_list_kept(store))
    for name, what in wanted.items():
        assert found[name] == what, name
    return {name: len(what) for name, what in found.items()}


def _list_told(notes: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """What the run was told is done: texts of articles, decisions with their numbers, imported lines."""
    articles = {one["id"]: tell(one["number"], one["version"]).article.text for one in notes if one["did"] == "article"}
    told = {*articles.items()}
    told |= {(str(one["number"]), one["record_id"]) for one in notes if one["did"] == "decision"}
    return told | {("own", one["name"]) for one in notes if one["did"] == "import"}


def _list_kept(store: Store) -> list[tuple[str, str]]:
    with store.begin() as connection:
        articles = connection.execute(
            text(
                "SELECT a.id, r.text FROM article a JOIN revision r ON (r.article_id, r.revision) = (a.id, a.revision)"
            )
        )
        kept = list(articles.tuples())
        kept += connection.execute(
            text("SELECT number::text, record_id FROM decision WHERE action <> 'create'")
        ).tuples()
        kept += connection.execute(text("SELECT 'own', record ->> 'label' FROM own_agreement")).tuples()
    return kept


def _find_server(settings: Settings, chance: random.Random, target: str) -> int | None:
    """The server's first process, or any of its others; None while it does not run."""
    pid = server_status(settings.home).pid
    if pid is None or target == "postmaster":
        return pid
    try:
        children = psutil.Process(pid).children()
    except psutil.NoSuchProcess:
        return None
    return chance.choice(children).pid if children else None


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
