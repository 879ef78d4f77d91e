"""What is noted of a run while it goes on: how long its stages take, and by which version articles are extracted."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, process_time

from pipeline.store.run_rows import StageTime
from pipeline.store.runs import join_times, note_times, note_versions
from pipeline.store.store import Store

# Seconds between two writes: what a run that is killed loses of its timings; a write takes a millisecond.
_FLUSH_EVERY = 10.0


class Notes:
    """A run's notes, written every ten seconds; without a run nothing is written.

    Example::

        notes = Notes(store, run.id)
        with notes.time("read"):
            article = read_article(raw)
        notes.flush()
    """

    def __init__(self, store: Store, run_id: str | None) -> None:
        self.run_id = run_id
        self.stage = ""  #: what is being done, or was done last
        self._store = store
        self._fingerprint: str | None = None
        self._times: tuple[StageTime, ...] = ()
        self._flushed = perf_counter()

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Add what the block takes to this stage, also where it ends with an error."""
        self.stage = stage
        wall, cpu = perf_counter(), process_time()
        try:
            yield
        finally:
            spent = StageTime(stage=stage, wall=perf_counter() - wall, cpu=process_time() - cpu, times=1)
            self._times = join_times([*self._times, spent])
        if perf_counter() - self._flushed > _FLUSH_EVERY:
            self.flush()

    def note_fingerprint(self, fingerprint: str) -> None:
        """Write down which version of the pipeline extracts; it is known once the first article needs it."""
        if self.run_id is not None and fingerprint != self._fingerprint:
            note_versions(self._store, self.run_id, {"pipeline": fingerprint})
            self._fingerprint = fingerprint

    def flush(self) -> None:
        """Write what was measured since the last time."""
        times, self._times, self._flushed = self._times, (), perf_counter()
        if self.run_id is not None and times:
            note_times(self._store, self.run_id, times)
