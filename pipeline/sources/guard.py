"""What one fetch may do, and until when: made once, asked at every step of it."""

import time
from dataclasses import dataclass
from typing import Self

import httpcore
import httpx

from pipeline.settings import Settings
from pipeline.sources.urls import PUBLIC_PORTS, check_url, normalise_url, printable


@dataclass(kw_only=True)
class Guard:
    """The rules of one fetch.

    Attributes:
        address: the address that was asked for, as it is shown in messages.
        deadline: when it must be done, in seconds of :func:`time.monotonic`; only :meth:`pause` moves it.
        allow_private: connect to loopback and private addresses, at any port, whatever the host.
        trusted: hosts that may be private: ``wiki.corp.example`` (ports 80 and 443), ``wiki.corp.example:8080``,
            ``.corp.example`` (all names below it), ``[fd00::1]:8080``.
    """

    address: str
    deadline: float
    allow_private: bool
    trusted: tuple[str, ...] = ()

    @classmethod
    def start(cls, address: str, settings: Settings) -> Self:
        """The guard of a fetch that starts now.

        A trusted host is trusted where it is asked for, and where another trusted one leads to it: a page on the public
        web that redirects inwards is a trap, whatever host it names.
        """
        guard = cls(
            address=printable(address),
            deadline=time.monotonic() + settings.fetch_timeout,
            allow_private=settings.fetch_allow_private,
            trusted=settings.fetch_allow_hosts,
        )
        url = httpx.URL(normalise_url(address))
        if not guard.is_trusted(url.host, url.port):
            guard.trusted = ()
        return guard

    def seconds_left(self, timeout: float | None = None) -> float:
        """Seconds until the deadline, or less where a time-out is shorter.

        Raises:
            httpcore.ReadTimeout: there are none left.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return left if timeout is None else min(left, timeout)

    def pause(self, seconds: float) -> None:
        """Wait out of politeness: this time is not the server's, so the deadline moves with it."""
        self.deadline += seconds
        time.sleep(seconds)

    def is_trusted(self, host: str, port: int | None) -> bool:
        """Whether a host at a port (None: its scheme's own) may be private."""
        return self.allow_private or any(_covers(entry, host.rstrip(".").lower(), port) for entry in self.trusted)

    def check(self, address: str) -> str:
        """The address as it may be fetched, canonical.

        Raises:
            RefusedError: another scheme than http and https, a password, a port other than 80 and 443.
        """
        url = httpx.URL(normalise_url(address))
        return check_url(address, allow_private=self.is_trusted(url.host, url.port))


def _covers(entry: str, host: str, port: int | None) -> bool:
    name, _, number = entry.rpartition(":")
    if not number.isdecimal() or (":" in name and not name.endswith("]")):  # no port, or the end of an IPv6 address
        name, number = entry, ""
    name = name.strip("[]")
    is_port = str(port) == number if number else port is None or port in PUBLIC_PORTS
    is_host = host.endswith(name) if name.startswith(".") else host == name
    return is_port and is_host
