"""How Entente does as a whole: sources, what waits, what fails, the last runs, the store; and what somebody should look at."""

import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pipeline.jobs.stale import find_stale_runs
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.sources.catalog import Source, load_catalog
from pipeline.store.health import StoreHealth, load_health, load_last_runs
from pipeline.store.run_rows import RunRow
from pipeline.store.runs import load_running
from pipeline.store.sources import SourceState, load_polled
from pipeline.store.store import Store, now
from pipeline.store.upkeep import UpkeepRow, load_upkeep

# After its time a poll waits for the runs before it, and takes half an hour itself (200 pages at ten seconds each).
_GRACE = timedelta(hours=2)
# Three in a row are no restart any more: the pauses between them have been 15, 30 and 60 minutes.
_FAILURES = 3
# A run of a night's articles takes minutes, of 20,000 read anew some hours.
_LONG = timedelta(hours=12)
# What is due is tried every quarter of an hour: after two hours, nobody does.
_UNTRIED = timedelta(hours=2)
_DISK = 2_000_000_000  # bytes: ten days of 1,000 articles a day, with their pages, vectors and logs
_BACKUP = timedelta(days=8)  # of backups that are made once a week, one was left out

Health = Literal["ok", "new", "late", "failing"]


class SourceStatus(Record):
    """How one enabled source does."""

    name: str
    health: Health  #: new: never asked; late: not asked when it should have been
    polled_at: datetime | None = None
    changed_at: datetime | None = None
    next_due: datetime | None = None  #: when it is asked next, or should have been
    failures: int = 0  #: in a row
    reason: str | None = None


class Status(Record):
    """All of it, at one moment."""

    at: datetime
    store: StoreHealth
    disk_free: int  #: bytes, where the data directory is
    sources: tuple[SourceStatus, ...]
    running: tuple[RunRow, ...]
    last_runs: tuple[RunRow, ...]  #: the latest of each kind
    upkeep: tuple[UpkeepRow, ...]  #: when the store was last backed up, relieved of old texts, and served
    problems: tuple[str, ...]  #: what somebody should look at; none where all is well


def find_status(store: Store, *, settings: Settings) -> Status:
    """Look at everything; nothing is changed.

    Raises:
        InputError: the catalogue of sources cannot be read.
    """
    at, upkeep = now(), load_upkeep(store)
    polled = load_polled(store)
    catalog = load_catalog(settings.sources)
    sources = [_judge(source, polled.get(source.name), at) for source in catalog if source.enabled]
    status = Status(
        at=at,
        store=load_health(store, at),
        disk_free=_find_free(settings.home),
        sources=tuple(sources),
        running=tuple(load_running(store)),
        last_runs=tuple(load_last_runs(store).values()),
        upkeep=tuple(upkeep.values()),
        problems=(),
    )
    stale = {run.id for run in find_stale_runs(store)}
    return status.model_copy(update={"problems": tuple(find_problems(status, stale=stale))})


def find_problems(status: Status, *, stale: Iterable[str] = ()) -> Iterator[str]:
    """A sentence for each thing that somebody should look at, with what to do.

    Args:
        status: how everything is.
        stale: ids of runs whose process is gone.
    """
    is_served = any(each.name == "serve" for each in status.upkeep)
    yield from _find_in_sources(status, is_served=is_served)
    yield from _find_in_runs(status, set(stale))
    yield from _find_in_store(status, is_served=is_served)


def _find_in_sources(status: Status, *, is_served: bool) -> Iterator[str]:
    for source in status.sources:
        if source.health == "failing":
            yield f"source {source.name} has failed {source.failures} times in a row: {source.reason}"
        # Who asks sources by hand need not do so every morning.
        if source.health == "late" and is_served:
            due = f"{source.next_due:%Y-%m-%d %H:%M} UTC"
            yield f"source {source.name} should have been asked at {due}: is entente serve running?"


def _find_in_runs(status: Status, stale: set[str]) -> Iterator[str]:
    for run in status.running:
        if run.id in stale:
            yield f"run {run.id} ({run.kind}) has died; entente run close notes it, and the next run goes on from there"
        elif status.at - run.started_at > _LONG:
            yield f"run {run.id} ({run.kind}) has been running since {run.started_at:%Y-%m-%d %H:%M} UTC; is it stuck?"
    for run in status.last_runs:
        if run.state in {"failed", "crashed"}:
            yield f"the last run of {run.kind} {run.state} ({run.id}): {run.message}"


def _find_in_store(status: Status, *, is_served: bool) -> Iterator[str]:
    store = status.store
    if status.disk_free < _DISK:
        yield f"only {status.disk_free / 1e9:.1f} GB are free on the disk of the data directory"
    if is_served and store.due_since and status.at - store.due_since > _UNTRIED:
        yield f"{store.due} failure(s) are due since {store.due_since:%Y-%m-%d %H:%M} UTC: is entente serve running?"
    for each in status.upkeep:
        if each.name == "backup" and status.at - each.at > _BACKUP:
            yield f"the last backup is of {each.at:%Y-%m-%d}: entente backup DIR"


def _judge(source: Source, state: SourceState | None, at: datetime) -> SourceStatus:
    if state is None or state.polled_at is None:
        return SourceStatus(name=source.name, health="new")
    due = max(source.times.next_after(state.polled_at), state.next_try or state.polled_at)
    is_failing = state.failures >= _FAILURES
    is_late = at - due > _GRACE
    return SourceStatus(
        name=source.name,
        health="failing" if is_failing else "late" if is_late else "ok",
        polled_at=state.polled_at,
        changed_at=state.changed_at,
        next_due=due,
        failures=state.failures,
        reason=state.reason,
    )


def _find_free(home: Path) -> int:
    """Bytes that are free where the data directory is, or is to be."""
    there = next(path for path in (home, *home.absolute().parents) if path.exists())
    return shutil.disk_usage(there).free
