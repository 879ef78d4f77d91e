"""How often somebody may try a password: first at once, then slowly, then not for a while.

Counted are failures of a quarter of an hour, by address and name together and by address alone. A name alone is only
slowed, never refused: whoever tries to get into an account from elsewhere does not lock out its owner.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import ip_address
from math import ceil
from threading import Lock
from typing import NamedTuple

WINDOW = 900.0  # seconds after which a failure is forgotten
SLOW = 0.5  # seconds that a try waits once it is slowed
# Keys that are counted at most: an attacker with many addresses must not fill the memory. The oldest go first.
_MOST_KEYS = 20_000
_MOST_TIMES = 100  # of one key: more than any bound below


class Bounds(NamedTuple):
    """From how many failures on a try is slowed, and refused (None: never)."""

    slowed: int
    refused: int | None


# Five slips of the hand are free. An office behind one address has more of them than one person.
_PAIR = Bounds(slowed=5, refused=10)
_ADDRESS = Bounds(slowed=20, refused=50)
_NAME = Bounds(slowed=20, refused=None)


class Verdict(NamedTuple):
    """What a try may do."""

    wait: float  #: seconds before the password is looked at
    retry_after: int | None  #: seconds after which to come again; None: it may go on now


class Limiter:
    """Counts failures; one for the whole server, safe between threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._failures: OrderedDict[tuple[str, ...], deque[float]] = OrderedDict()

    def admit(self, address: str, name: str) -> Verdict:
        """What a try from this address for this name may do.

        One that may go on counts as a failure until :meth:`note_success`: many at once are counted too.
        """
        with self._lock:
            found = [(self._recent(key), bounds) for key, bounds in _find_keys(address, name)]
            waits = [times[0] + WINDOW - self._now() for times, bounds in found if _is_refused(times, bounds)]
            if waits:
                return Verdict(wait=0.0, retry_after=max(1, ceil(max(waits))))
            is_slowed = any(len(times) >= bounds.slowed for times, bounds in found)
            for times, _ in found:
                times.append(self._now())
            while len(self._failures) > _MOST_KEYS:
                self._failures.popitem(last=False)
        return Verdict(wait=SLOW if is_slowed else 0.0, retry_after=None)

    def note_success(self, address: str, name: str) -> None:
        """The password was right: what was counted for this address and name is forgotten, and this try for the others."""
        with self._lock:
            for key, bounds in _find_keys(address, name):
                times = self._recent(key)
                if bounds is _PAIR:
                    times.clear()
                elif times:
                    times.pop()

    def _recent(self, key: tuple[str, ...]) -> deque[float]:
        times = self._failures.setdefault(key, deque(maxlen=_MOST_TIMES))
        self._failures.move_to_end(key)
        while times and times[0] <= self._now() - WINDOW:
            times.popleft()
        return times


def _find_keys(address: str, name: str) -> list[tuple[tuple[str, ...], Bounds]]:
    place = _find_place(address)
    return [(("pair", place, name), _PAIR), (("address", place), _ADDRESS), (("name", name), _NAME)]


def _find_place(address: str) -> str:
    """An address as it is counted: of IPv6 the first 64 bits, since one subscriber has all that follow."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return found.exploded[:19] if found.version == 6 else str(found)


def _is_refused(times: deque[float], bounds: Bounds) -> bool:
    return bounds.refused is not None and len(times) >= bounds.refused
