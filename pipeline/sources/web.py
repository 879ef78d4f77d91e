"""The one polite client: pages from the public web, within a time and a size, at a pace their hosts can live with."""

import ssl
import time
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import httpcore
import httpx

from pipeline.errors import FetchError, PassingError, RefusedError
from pipeline.settings import Settings
from pipeline.sources.answers import NotModified, Page, Validators, read_page, read_validators
from pipeline.sources.bodies import BrokenBodyError, read_start
from pipeline.sources.guard import Guard
from pipeline.sources.pace import hold_host, wait_for_turn
from pipeline.sources.retries import backoff, is_passing, read_retry_after
from pipeline.sources.robots import MAX_BYTES, find_rules
from pipeline.sources.transport import LeadsNowhereError, open_client
from pipeline.sources.urls import printable

MAX_REDIRECTS = 5  #: http -> https -> www -> language -> page is the longest honest chain seen

_NET_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpx.TransportError,
    ssl.SSLError,
    OSError,
)


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """One fetch: who asks, by which rules, for what."""

    client: httpx.Client
    guard: Guard
    settings: Settings
    pace: float
    known: Validators | None


def fetch_page(address: str, *, settings: Settings, pace: float | None = None) -> Page:
    """Fetch one web page.

    At most five redirects, each checked like the first address; ``fetch_timeout`` seconds in all but for what we wait
    out of politeness; ``fetch_max_bytes`` once unpacked; no cookies, no password; only hosts whose every address is
    public, on ports 80 and 443, unless the settings trust them; what robots.txt lets us read; one request to a host
    each ``pace`` seconds; up to ``fetch_attempts`` where a failure may pass. Threads may fetch at the same time.

    Args:
        address: http or https.
        settings: limits, proxies, trusted hosts.
        pace: seconds between two requests to the host; ``fetch_pace`` if None. A host may ask for more.

    Raises:
        RefusedError: the address, or one it is redirected to, must not be fetched.
        PassingError: no answer in time, a busy server, broken off; worth another try, after ``retry_after`` seconds.
        FetchError: no such page, too large.
    """
    answer = _fetch(address, settings=settings, pace=pace, known=None)
    if isinstance(answer, NotModified):
        raise TypeError("the page was not asked for conditionally")
    return answer


def fetch_if_changed(
    address: str, *, settings: Settings, known: Validators, pace: float | None = None
) -> Page | NotModified:
    """Fetch a page unless it is as it was when its validators were given: one request, and mostly no body.

    Args:
        address: http or https.
        settings: as for :func:`fetch_page`.
        known: from the page that was fetched last; an empty one asks for the page itself.
        pace: as for :func:`fetch_page`.

    Raises:
        FetchError: as :func:`fetch_page`.
    """
    return _fetch(address, settings=settings, pace=pace, known=known)


def _fetch(address: str, *, settings: Settings, pace: float | None, known: Validators | None) -> Page | NotModified:
    guard = Guard.start(address, settings)
    url = guard.check(address)
    with open_client(guard, settings) as client:
        asking = _Asking(
            client=client,
            guard=guard,
            settings=settings,
            pace=settings.fetch_pace if pace is None else pace,
            known=known if known and known.to_headers() else None,
        )
        return _try(asking, url)


def _try(asking: _Asking, url: str) -> Page | NotModified:
    """Ask until there is an answer that stays, the attempts are used up or there is no time for another."""
    for attempt in range(1, asking.settings.fetch_attempts):
        try:
            return _ask(asking, url)
        except PassingError as error:
            wait = backoff(attempt)
            if max(wait, error.retry_after or 0.0) >= asking.guard.deadline - time.monotonic():
                raise
            time.sleep(wait)
    return _ask(asking, url)


def _ask(asking: _Asking, url: str) -> Page | NotModified:
    try:
        return _follow(asking, url)
    except _NET_ERRORS as error:
        raise _explain(error, asking) from error


def _follow(asking: _Asking, url: str) -> Page | NotModified:
    hops: tuple[str, ...] = (url,)
    for _ in range(MAX_REDIRECTS + 1):
        _take_turn(asking, hops)
        with asking.client.stream("GET", hops[-1], headers=_conditions(asking), follow_redirects=False) as response:
            asking.client.cookies.clear()
            if not response.has_redirect_location:
                return _read(asking, response, hops)
            hops = (*hops, _next_url(response, hops[-1], asking.guard))
    text = f"redirects more than {MAX_REDIRECTS} times; give the address of the page itself"
    raise FetchError(f"{asking.guard.address}: {text}", address=asking.guard.address)


def _take_turn(asking: _Asking, hops: tuple[str, ...]) -> None:
    """Ask the host's robots.txt, and wait until it may be asked; a redirect within a host is one visit."""
    url = httpx.URL(hops[-1])
    host = url.netloc.decode("ascii")
    rules = find_rules(f"{url.scheme}://{host}", partial(_fetch_robots, asking), timeout=asking.guard.seconds_left())
    if not rules.is_allowed(hops[-1]):
        text = f"the robots.txt of {host} asks programs not to read this; save the page in a browser and give the file"
        raise RefusedError(f"{asking.guard.address}: {text}", address=asking.guard.address)
    if host not in [httpx.URL(hop).netloc.decode("ascii") for hop in hops[:-1]]:
        wait_for_turn(host, pace=max(asking.pace, rules.pace), guard=asking.guard)


def _fetch_robots(asking: _Asking, url: str) -> bytes | None:
    """A robots.txt, or None where there is none; redirects are followed as for pages (RFC 9309, 2.3.1)."""
    guard, hop = asking.guard, url
    for _ in range(MAX_REDIRECTS + 1):
        with asking.client.stream("GET", hop, follow_redirects=False) as response:
            asking.client.cookies.clear()
            if not response.has_redirect_location:
                return _read_robots(response, guard)
            hop = _next_url(response, hop, guard)
    return None


def _read_robots(response: httpx.Response, guard: Guard) -> bytes | None:
    if is_passing(response.status_code) or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        text = f"{guard.address}: what may be read there is not known: its robots.txt answers {response.status_code}"
        retry_after = read_retry_after(response.headers.get("retry-after"))
        raise _stay_away(
            response, PassingError(f"{text}; try again later", address=guard.address, retry_after=retry_after)
        )
    if response.status_code != HTTPStatus.OK:
        return None
    try:
        return read_start(response.iter_raw(), coding=response.headers.get("content-encoding", ""), limit=MAX_BYTES)
    except BrokenBodyError:
        return None  # it says nothing that could be understood


def _read(asking: _Asking, response: httpx.Response, hops: tuple[str, ...]) -> Page | NotModified:
    if response.status_code == HTTPStatus.NOT_MODIFIED and asking.known is not None:
        said = read_validators(response)
        known = Validators(
            etag=said.etag or asking.known.etag, last_modified=said.last_modified or asking.known.last_modified
        )
        return NotModified(url=hops[-1], validators=known)
    try:
        return read_page(response, hops, asking.guard, limit=asking.settings.fetch_max_bytes)
    except PassingError as error:
        raise _stay_away(response, error) from error.__cause__


def _stay_away(response: httpx.Response, error: PassingError) -> PassingError:
    """Leave a host alone for as long as it asks to be."""
    if error.retry_after:
        hold_host(response.url.netloc.decode("ascii"), seconds=error.retry_after)
    return error


def _next_url(response: httpx.Response, url: str, guard: Guard) -> str:
    location = response.headers["location"]
    try:
        following = str(httpx.URL(url).join(location))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        text = f"{guard.address}: redirects to {printable(location)}, which is no address"
        raise FetchError(text, address=guard.address) from error
    try:
        return guard.check(following)
    except RefusedError as error:
        raise RefusedError(f"{guard.address}: redirects to {error}", address=guard.address) from error


def _conditions(asking: _Asking) -> dict[str, str]:
    return asking.known.to_headers() if asking.known else {}


def _explain(error: Exception, asking: _Asking) -> FetchError:
    """What a broken connection means to a person; only what time may mend is passing."""
    address = asking.guard.address
    if isinstance(error, httpcore.TimeoutException | httpx.TimeoutException | TimeoutError):
        text = (
            f"took longer than {asking.settings.fetch_timeout:g} s; try again, or allow more with ENTENTE_FETCH_TIMEOUT"
        )
        return PassingError(f"{address}: {text}", address=address)
    reason = printable(str(error)) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in reason:
        text = "its certificate cannot be trusted; check the address, or name your authority in ENTENTE_FETCH_CA_BUNDLE"
        return FetchError(f"{address}: {text}", address=address)
    if isinstance(error, LeadsNowhereError):
        return FetchError(f"{address}: no connection ({reason}); check the address", address=address)
    if isinstance(error, httpcore.ProxyError):
        text = f"the proxy lets no connection through ({reason}); check ENTENTE_HTTPS_PROXY and ask its owner"
        return PassingError(f"{address}: {text}", address=address)
    if isinstance(error, httpcore.ConnectError):
        return PassingError(f"{address}: no connection ({reason}); check the address and the network", address=address)
    return PassingError(f"{address}: the connection broke off ({reason}); try again later", address=address)
