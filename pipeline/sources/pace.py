"""The pace at which hosts are asked: one request, then some seconds of nothing, whoever in this process asks.

What is known of hosts is the process's, not one job's: a server does not care which of our threads asks it too often.
"""

import threading
import time

from pipeline.errors import PassingError
from pipeline.sources.guard import Guard
from pipeline.sources.urls import printable

# Seconds that a request waits for its turn. Beyond it the caller does better to come back: most crawl delays that are
# asked for are 10 s, few are 60.
LONGEST_WAIT = 120.0

_FREE: dict[str, float] = {}  # when each host may be asked again, in seconds of time.monotonic
_LOCK = threading.Lock()
_MOST_HOSTS = 10_000  # entries above which those that are free by now are dropped


def wait_for_turn(host: str, *, pace: float, guard: Guard) -> None:
    """Wait until a host may be asked, and take the turn; the guard's deadline moves by what was waited.

    Args:
        host: name and port, as in an address: ``example.org``, ``example.org:8080``.
        pace: seconds from this request to the next one.
        guard: of the fetch.

    Raises:
        PassingError: the turn is more than :data:`LONGEST_WAIT` away: the host asked us to stay away, or many wait.
    """
    with _LOCK:
        now = time.monotonic()
        turn = max(now, _FREE.get(host, now))
        wait = turn - now
        if wait <= LONGEST_WAIT:
            _FREE[host] = turn + pace
            _forget_free(now)
    if wait > LONGEST_WAIT:
        text = f"{printable(host)} may be asked again in {wait:,.0f} s, at its own pace; try again then"
        raise PassingError(f"{guard.address}: {text}", address=guard.address, retry_after=wait)
    if wait > 0:
        guard.pause(wait)


def hold_host(host: str, *, seconds: float) -> None:
    """Ask a host nothing for some seconds, as its Retry-After wants it."""
    with _LOCK:
        _FREE[host] = max(_FREE.get(host, 0.0), time.monotonic() + seconds)


def forget_pace() -> None:
    """Forget all hosts (tests: the next server may have the port of the last)."""
    with _LOCK:
        _FREE.clear()


def _forget_free(now: float) -> None:
    if len(_FREE) > _MOST_HOSTS:
        for host in [host for host, free in _FREE.items() if free <= now]:
            del _FREE[host]
