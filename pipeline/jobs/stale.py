"""Runs that say that they are running, and are not: their process was killed before it could write how it ended."""

import os
import platform
from datetime import timedelta
from typing import Any

from pipeline.logs import get_logger
from pipeline.store.processes import find_start, is_alive
from pipeline.store.run_rows import RunRow
from pipeline.store.runs import crash_run, load_running
from pipeline.store.store import Store, now

_LOGGER = get_logger(__name__)

# Of another machine's process only its notes are seen. They come every ten seconds while articles are read; the longest
# time without one is a poll: 200 pages at ten seconds each is half an hour, a slow host asks for more.
_SILENCE = timedelta(hours=6)


def describe_process() -> dict[str, Any]:
    """Which process this is, to find (or miss) it when a run still says "running"."""
    pid = os.getpid()
    return {"process": {"host": platform.node(), "pid": pid, "start": find_start(pid)}}


def find_stale_runs(store: Store) -> list[RunRow]:
    """The runs that say "running" and whose process is gone, or has been silent for six hours on another machine."""
    return [run for run in load_running(store) if is_stale(run)]


def close_stale_runs(store: Store) -> list[RunRow]:
    """Note of these runs that they have crashed; what they saved stays, and the next run goes on from there."""
    stale = find_stale_runs(store)
    for run in stale:
        _LOGGER.warning("run crashed", run=run.id, kind=run.kind, started=str(run.started_at))
        crash_run(store, run.id, message=f"its process ended without a word ({_say_process(run)})")
    return stale


def is_stale(run: RunRow) -> bool:
    """Whether the process of a run that says "running" is gone."""
    process = run.settings.get("process")
    if isinstance(process, dict) and process.get("host") == platform.node():
        return not _is_there(process)
    return now() - (run.beat_at or run.started_at) > _SILENCE


def _is_there(process: dict[str, Any]) -> bool:
    """Whether it is that very process: numbers come around."""
    pid, start = process["pid"], process.get("start")
    return is_alive(pid) and (start is None or find_start(pid) == start)


def _say_process(run: RunRow) -> str:
    process = run.settings.get("process")
    return f"{process['pid']} on {process['host']}" if isinstance(process, dict) else "unknown"
