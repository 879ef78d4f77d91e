"""Many hosts asked at once, each at its own pace: one that hangs holds up itself alone.

A thread is taken only while a request is under way. Waiting for a host's pace takes none, so a hundred hosts at one
request every ten seconds need a handful of threads; and all the bookkeeping is done by the one who iterates.
"""

import heapq
import itertools
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from types import TracebackType
from typing import Generic, Self, TypeVar

from pipeline.errors import ArticleError, PassingError

S = TypeVar("S")
T = TypeVar("T")

# Threads: each of a hundred hosts may hang at once and a few more still get their turn.
_WORKERS = 128
# Vain attempts in a row after which a host is left alone: the first may be chance; each costs up to a deadline.
_PATIENCE = 2


@dataclass(frozen=True, kw_only=True)
class Errand(Generic[S, T]):
    """One thing to ask of a host.

    Attributes:
        subject: what it is about, for the one who gets the answer.
        host: whose pace it keeps; "" for what is not on the web.
        pace: seconds between the end of one errand to this host and the start of the next.
        run: asks; an :class:`ArticleError` is an answer too, any other error ends the iteration.
    """

    subject: S
    host: str
    pace: float
    run: Callable[[], T]


@dataclass(frozen=True, kw_only=True)
class Done(Generic[S, T]):
    """What became of an errand.

    Attributes:
        errand: the errand.
        result: what its ``run`` gave back; None where it failed.
        error: what it failed with, if it did.
        is_skipped: it was not run: its host had not answered several times before.
    """

    errand: Errand[S, T]
    result: T | None = None
    error: ArticleError | None = None
    is_skipped: bool = False


@dataclass
class _Host(Generic[S, T]):
    waiting: deque[Errand[S, T]] = field(default_factory=deque)
    free_at: float = 0.0
    is_busy: bool = False  # running, or in the heap of those that wait for their time
    vain: int = 0  # attempts in a row


class Rounds(Generic[S, T]):
    """Errands under way: a context manager to add to and to iterate over, also in turn.

    Example::

        with Rounds() as rounds:
            rounds.add(Errand(subject="a", host="example.org", pace=10, run=partial(fetch_page, …)))
            for done in rounds:  # in the order in which they end
                ...  # may add more
    """

    def __init__(self, *, workers: int = _WORKERS) -> None:
        self._hosts: dict[str, _Host[S, T]] = {}
        self._due: list[tuple[float, int, str]] = []
        self._numbers = itertools.count()
        self._running: dict[Future[T], Errand[S, T]] = {}
        self._skipped: deque[Errand[S, T]] = deque()
        self._workers = workers
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="fetch")

    def add(self, errand: Errand[S, T]) -> None:
        """One more; it is run when its host's turn comes, in the order in which they were added."""
        host = self._hosts.setdefault(errand.host, _Host())
        if self._is_given_up(host):
            self._skipped.append(errand)
            return
        host.waiting.append(errand)
        self._queue(errand.host, host)

    def __iter__(self) -> Iterator[Done[S, T]]:
        while self._due or self._running or self._skipped:
            while self._skipped:
                yield Done(errand=self._skipped.popleft(), is_skipped=True)
            self._start_due()
            # The time until the next host may be asked, where there is a thread for it.
            has_room = len(self._running) < self._workers
            left = max(0.0, self._due[0][0] - time.monotonic()) if self._due and has_room else None
            if not self._running:
                time.sleep(left or 0.0)
                continue
            for future in wait(self._running, timeout=left, return_when=FIRST_COMPLETED).done:
                yield self._finish(future)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What is under way ends at its own deadline; nothing else is begun.
        self._executor.shutdown(cancel_futures=True)

    def _queue(self, name: str, host: _Host[S, T]) -> None:
        if host.waiting and not host.is_busy:
            host.is_busy = True
            heapq.heappush(self._due, (host.free_at, next(self._numbers), name))

    def _start_due(self) -> None:
        while self._due and self._due[0][0] <= time.monotonic() and len(self._running) < self._workers:
            name = heapq.heappop(self._due)[2]
            errand = self._hosts[name].waiting.popleft()
            self._running[self._executor.submit(errand.run)] = errand

    def _finish(self, future: "Future[T]") -> Done[S, T]:
        errand = self._running.pop(future)
        host = self._hosts[errand.host]
        host.is_busy = False
        host.free_at = time.monotonic() + errand.pace
        try:
            done = Done(errand=errand, result=future.result())
        except ArticleError as error:
            done = Done(errand=errand, error=error)
        self._judge(host, done.error)
        self._queue(errand.host, host)
        return done

    def _judge(self, host: _Host[S, T], error: ArticleError | None) -> None:
        """Note whether the host answers; one that does not, time after time, is asked no more."""
        host.vain = host.vain + 1 if isinstance(error, PassingError) else 0
        if isinstance(error, PassingError) and error.retry_after:
            host.vain = _PATIENCE  # it asked to be left alone; the next poll comes after that
        if self._is_given_up(host):
            self._skipped.extend(host.waiting)
            host.waiting.clear()

    @staticmethod
    def _is_given_up(host: _Host[S, T]) -> bool:
        return host.vain >= _PATIENCE
