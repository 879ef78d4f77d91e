"""A way to the web for httpx that connects only to addresses it has checked, and that ends at one deadline.

httpx and httpcore look a name up again when they connect, follow it to 127.0.0.1, and count their time-outs anew with
each byte that arrives. Here the name is resolved once per connection, every address it leads to is checked, and the
connection is made to a checked address; Host, SNI and certificate check keep the name. Each wait is bounded by what is
left until the deadline, so a server that drips a byte a second gains nothing.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import httpcore
import httpx

from pipeline.errors import InputError, RefusedError
from pipeline.settings import Settings
from pipeline.sources.guard import Guard
from pipeline.sources.hosts import find_host_addresses, is_local_name, is_public
from pipeline.sources.proxies import find_proxy
from pipeline.sources.robots import NAME
from pipeline.sources.urls import printable

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

# Seconds to look a name up where a proxy will do it anyway: networks that resolve no outer names may not even say so.
_PROXY_PATIENCE = 2.0


class LeadsNowhereError(httpcore.ConnectError):
    """A name that stands for no address: most probably a wrong one."""


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
        addresses = self.find_addresses(host, port)
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

    def find_addresses(self, host: str, port: int) -> list[str]:
        """The numeric addresses to connect to, each of them checked."""
        return find_checked_addresses(host, port, self._guard)


class ProxyBackend(CheckedBackend):
    """Opens connections to a proxy, which the settings name: it may stand anywhere."""

    def find_addresses(self, host: str, port: int) -> list[str]:
        """The numeric addresses of the proxy."""
        return _resolve(host, port, timeout=self._guard.seconds_left())


def find_checked_addresses(host: str, port: int, guard: Guard) -> list[str]:
    """All numeric addresses of a host, each of them allowed by the guard.

    Raises:
        RefusedError: the name or an address it leads to is not public.
        httpcore.ConnectError: the name leads nowhere; httpcore.ConnectTimeout: no answer in time.
    """
    if guard.is_trusted(host, port):
        return _resolve(host, port, timeout=guard.seconds_left())
    if is_local_name(host):
        raise _refuse(host, "is a name of this machine or network", guard)
    addresses = _resolve(host, port, timeout=guard.seconds_left())
    for address in addresses:
        if not is_public(address):
            raise _refuse(host, f"leads to {address}, which is not a public address", guard)
    return addresses


def check_behind_proxy(host: str, port: int, guard: Guard) -> None:
    """Refuse a host that is not public although a proxy will ask it, as far as it can be told from here.

    A name that leads nowhere here may lead somewhere there: networks with a proxy often resolve no outer names. From
    there on the proxy decides what its clients may reach.

    Raises:
        RefusedError: the name, the number or an address it leads to is not public.
    """
    with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
        patient = Guard(
            address=guard.address,
            deadline=min(guard.deadline, time.monotonic() + _PROXY_PATIENCE),
            allow_private=guard.allow_private,
            trusted=guard.trusted,
        )
        find_checked_addresses(host, port, patient)


class CheckedTransport(httpx.BaseTransport):
    """httpx over :class:`CheckedBackend`, or over a proxy of the settings: no retries, HTTP/1.1."""

    def __init__(self, guard: Guard, settings: Settings) -> None:
        self._guard = guard
        self._settings = settings
        self._pools: dict[str | None, httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, give back its answer with the body still to be read."""
        url = request.url
        proxy = find_proxy(url, self._settings)
        if proxy is not None:
            check_behind_proxy(url.host, url.port or (443 if url.scheme == "https" else 80), self._guard)
        core = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        answer = self._open_pool(proxy).handle_request(core)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def _open_pool(self, proxy: str | None) -> httpcore.ConnectionPool:
        if proxy not in self._pools:
            certificates = load_certificates(self._settings.fetch_ca_bundle)
            self._pools[proxy] = _make_pool(proxy, certificates, self._guard)
        return self._pools[proxy]


def _make_pool(proxy: str | None, certificates: ssl.SSLContext, guard: Guard) -> httpcore.ConnectionPool:
    if proxy is None:
        return httpcore.ConnectionPool(
            ssl_context=certificates, max_connections=1, network_backend=CheckedBackend(guard)
        )
    url = httpx.URL(proxy)
    return httpcore.HTTPProxy(
        proxy_url=str(url.copy_with(userinfo=b"")),
        proxy_auth=(url.username, url.password) if url.userinfo else None,
        ssl_context=certificates,
        proxy_ssl_context=certificates if url.scheme == "https" else None,
        max_connections=1,
        network_backend=ProxyBackend(guard),
    )


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def open_client(guard: Guard, settings: Settings) -> Iterator[httpx.Client]:
    """A client for one fetch: checked addresses, one deadline, nothing from the environment."""
    headers = {
        "User-Agent": user_agent(settings),
        "Accept": "text/html, application/xhtml+xml, text/plain, text/markdown;q=0.9, */*;q=0.1",
        # Only what sources/bodies.py can unpack under a limit.
        "Accept-Encoding": "gzip, deflate",
    }
    if settings.fetch_contact and "@" in settings.fetch_contact:
        headers["From"] = settings.fetch_contact
    with httpx.Client(
        transport=CheckedTransport(guard, settings), headers=headers, trust_env=False, timeout=guard.seconds_left()
    ) as client:
        yield client


def user_agent(settings: Settings) -> str:
    """Who we say we are: our name as robots.txt knows it, our version, and whom to write to where that is set."""
    contact = f"; {settings.fetch_contact}" if settings.fetch_contact else ""
    return f"{NAME}/{version('entente')} (reads policy articles for a register of agreements{contact})"


@cache
def load_certificates(bundle: Path | None = None) -> ssl.SSLContext:
    """The authorities whose word is taken for a host's name: certifi's, and those of a bundle of one's own.

    Raises:
        InputError: the bundle cannot be read or is none.
    """
    context = httpx.create_ssl_context(trust_env=False)
    if bundle is not None:
        try:
            context.load_verify_locations(cafile=bundle)
        except (OSError, ssl.SSLError) as error:
            where = printable(str(bundle))
            raise InputError(
                f"ENTENTE_FETCH_CA_BUNDLE: {where} is no file of certificates ({printable(str(error))}); give a PEM file"
            ) from error
    return context


def _resolve(host: str, port: int, *, timeout: float) -> list[str]:
    try:
        return find_host_addresses(host, port, timeout=timeout)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except OSError as error:
        is_passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN  # a laptop without network
        kind = httpcore.ConnectError if is_passing else LeadsNowhereError
        raise kind(f"the name {printable(host)} leads nowhere") from error


def _refuse(host: str, why: str, guard: Guard) -> RefusedError:
    shown = printable(host)
    return RefusedError(
        f"{guard.address}: {shown} {why}; name it in ENTENTE_FETCH_ALLOW_HOSTS if you trust it", address=guard.address
    )
