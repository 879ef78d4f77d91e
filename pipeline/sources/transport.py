"""A way to the web for httpx that connects only to addresses it has checked, and that ends at one deadline.

httpx and httpcore look a name up again when they connect, follow it to 127.0.0.1, and count their time-outs anew with
each byte that arrives. Here the name is resolved once per connection, every address it leads to is checked, and the
connection is made to a checked address; Host, SNI and certificate check keep the name. Each wait is bounded by what is
left until the deadline, so a server that drips a byte a second gains nothing.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import httpcore
import httpx

from pipeline.errors import RefusedError
from pipeline.sources.hosts import find_host_addresses, is_local_name, is_public
from pipeline.sources.urls import printable

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What one fetch may do.

    Attributes:
        address: the address that was asked for, for messages.
        deadline: when it must be done, in seconds of :func:`time.monotonic`.
        allow_private: connect to loopback and private addresses too.
    """

    address: str
    deadline: float
    allow_private: bool

    def seconds_left(self, timeout: float | None = None) -> float:
        """Seconds until the deadline, or less where a time-out is shorter.

        Raises:
            httpcore.ReadTimeout: there are none left.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return left if timeout is None else min(left, timeout)


class TimedStream(httpcore.NetworkStream):
    """A connection each of whose reads and writes ends at the guard's deadline."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, before the deadline."""
        return self._stream.read(max_bytes, self._guard.seconds_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes, before the deadline."""
        self._stream.write(buffer, self._guard.seconds_left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted; the certificate is checked against the host's name."""
        return TimedStream(
            self._stream.start_tls(ssl_context, server_hostname, self._guard.seconds_left(timeout)), self._guard
        )

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a connection."""
        return self._stream.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to addresses that were checked, and to no others."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check and connect; a host's addresses share the time that is left, so a dead one does not eat it.

        Raises:
            RefusedError: one of the host's addresses is not public (one is enough: such a name is a trap).
        """
        addresses = find_checked_addresses(host, port, self._guard)
        for place, address in enumerate(addresses, start=1):
            share = self._guard.seconds_left(timeout) / (len(addresses) - place + 1)
            try:
                return TimedStream(
                    self._backend.connect_tcp(address, port, share, local_address, socket_options), self._guard
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise httpcore.ConnectError("the name leads to no address")


def find_checked_addresses(host: str, port: int, guard: Guard) -> list[str]:
    """All numeric addresses of a host, each of them allowed by the guard.

    Raises:
        RefusedError: the name or an address it leads to is not public.
        httpcore.ConnectError: the name leads nowhere; httpcore.ConnectTimeout: no answer in time.
    """
    if is_local_name(host) and not guard.allow_private:
        raise _refuse(host, "is a name of this machine or network", guard)
    try:
        addresses = find_host_addresses(host, port, timeout=guard.seconds_left())
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except OSError as error:
        raise httpcore.ConnectError(f"the name {printable(host)} leads nowhere") from error
    for address in addresses:
        if not guard.allow_private and not is_public(address):
            raise _refuse(host, f"leads to {address}, which is not a public address", guard)
    return addresses


class CheckedTransport(httpx.BaseTransport):
    """httpx over :class:`CheckedBackend`: no proxy, no retries, HTTP/1.1."""

    def __init__(self, guard: Guard) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=load_certificates(), max_connections=1, network_backend=CheckedBackend(guard)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, give back its answer with the body still to be read."""
        url = request.url
        core = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(core)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def open_client(guard: Guard, *, user_agent: str) -> Iterator[httpx.Client]:
    """A client for one fetch: checked addresses, one deadline, nothing from the environment."""
    headers = {
        "User-Agent": user_agent,
        "Accept": "text/html, application/xhtml+xml, text/plain, text/markdown;q=0.9, */*;q=0.1",
        # Only what sources/bodies.py can unpack under a limit.
        "Accept-Encoding": "gzip, deflate",
    }
    with httpx.Client(
        transport=CheckedTransport(guard), headers=headers, trust_env=False, timeout=guard.seconds_left()
    ) as client:
        yield client


@cache
def load_certificates() -> ssl.SSLContext:
    """The authorities whose word is taken for a host's name: certifi's, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)


def _refuse(host: str, why: str, guard: Guard) -> RefusedError:
    return RefusedError(
        f"{printable(guard.address)}: {printable(host)} {why}; set ENTENTE_FETCH_ALLOW_PRIVATE=true if you trust it",
        address=guard.address,
    )
