"""robots.txt: what a host asks programs to leave alone, and how slowly it wants to be asked (RFC 9309)."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

NAME = "Entente"  #: how we are called in a robots.txt: ``User-agent: Entente``
MAX_BYTES = 512_000  #: that are read of a robots.txt; RFC 9309 asks for 500 KiB at least, what stands behind is lost

_KEPT = 86_400.0  # seconds: RFC 9309 lets a day pass before it is asked for again
_SLOWEST = 86_400.0  # seconds between two requests: a delay of 1e300 must overflow nothing
_MOST_HOSTS = 10_000
_MOST_LINES = 20_000  # a file of real rules has some hundred
_AGENT = re.compile(r"^[ \t]*user[- ]?agent[ \t]*:[ \t]*([^#/\s]*)[^\n]*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What one host's robots.txt says to us.

    Attributes:
        parsed: the rules, or None where there is no such file: all is allowed.
    """

    parsed: Protego | None

    def is_allowed(self, url: str) -> bool:
        """Whether we may read an address; the longest rule that matches its path decides."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, NAME))

    @property
    def pace(self) -> float:
        """Seconds between two requests that it asks for with Crawl-delay or Request-rate; 0 where it does not."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(NAME)
        by_rate = rate.seconds / rate.requests if rate and rate.requests > 0 else 0.0
        return min(max(self.parsed.crawl_delay(NAME) or 0.0, by_rate, 0.0), _SLOWEST)


@dataclass(frozen=True, kw_only=True)
class _Known:
    rules: Rules
    until: float


_KNOWN: dict[str, _Known] = {}
_ASKING: dict[str, threading.Lock] = {}
_LOCK = threading.Lock()


def find_rules(origin: str, fetch: Callable[[str], bytes | None], *, timeout: float) -> Rules:
    """The rules of a host, asked for once a day and kept for the whole process; threads wait for the one that asks.

    Args:
        origin: scheme, host and port: ``https://example.org``; each has a file of its own.
        fetch: gives the bytes at an address, None where there is no such file. What it raises goes on its way and
            nothing is kept: a host that cannot say what it allows is not asked for pages.
        timeout: seconds to wait for another thread that is asking.

    Raises:
        TimeoutError: another thread got no answer in time either.
    """
    with _LOCK:
        turn = _ASKING.setdefault(origin, threading.Lock())
    if not turn.acquire(timeout=max(timeout, 0.0)):
        raise TimeoutError(f"no robots.txt from {origin} in time")
    try:
        known = _KNOWN.get(origin)
        if known is None or known.until < time.monotonic():
            known = _Known(rules=parse_rules(fetch(origin + "/robots.txt")), until=time.monotonic() + _KEPT)
            _keep(origin, known)
    finally:
        turn.release()
    return known.rules


def _keep(origin: str, known: _Known) -> None:
    with _LOCK:
        while len(_KNOWN) >= _MOST_HOSTS:
            _KNOWN.pop(next(iter(_KNOWN)))
        _KNOWN[origin] = known
        # A lock that is dropped while somebody waits for it costs one more request, no more.
        for idle in [each for each, lock in _ASKING.items() if each not in _KNOWN and not lock.locked()]:
            del _ASKING[idle]


def parse_rules(body: bytes | None) -> Rules:
    """The rules in a robots.txt; anything may stand in it, what is no rule is passed over."""
    if body is None:
        return Rules(parsed=None)
    lines = body[:MAX_BYTES].decode("utf-8-sig", "replace").splitlines()
    return Rules(parsed=Protego.parse("\n".join(_AGENT.sub(_merge_others, line) for line in lines[:_MOST_LINES])))


def _merge_others(line: "re.Match[str]") -> str:
    """All other programs as one: 19,000 of them before one rule take the parser half a minute, and none is us.

    It also keeps the parser from taking the name "e" for the beginning of ours.
    """
    name = line[1].lower()
    return f"User-agent: {name if name in ('*', NAME.lower()) else 'other'}"


def forget_robots() -> None:
    """Forget all hosts (tests: the next server may have the port of the last)."""
    with _LOCK:
        _KNOWN.clear()
        _ASKING.clear()
