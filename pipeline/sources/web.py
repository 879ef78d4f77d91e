"""One page from the web, within a time and a size, and from the public web only."""

import ssl
import time
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.metadata import version

import httpcore
import httpx

from pipeline.errors import FetchError, RefusedError
from pipeline.settings import Settings
from pipeline.sources.bodies import BrokenBodyError, TooLargeError, read_body
from pipeline.sources.media import guess_media_type, media_type_of
from pipeline.sources.transport import Guard, open_client
from pipeline.sources.urls import check_url, printable

MAX_REDIRECTS = 5  #: http -> https -> www -> language -> page is the longest honest chain seen


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the server sent.

    Attributes:
        url: where it was found in the end, after redirects.
        media_type: the Content-Type header: ``text/html; charset=iso-8859-1``; guessed from the body if missing.
        body: the bytes, unpacked.
    """

    url: str
    media_type: str
    body: bytes


def fetch_page(address: str, *, settings: Settings) -> Page:
    """Fetch one web page.

    At most five redirects, each checked like the first address; ``fetch_timeout`` seconds in all; ``fetch_max_bytes``
    once unpacked; no cookies, no proxy, no password; only hosts whose every address is public, on ports 80 and 443,
    unless ``fetch_allow_private`` is set.

    Raises:
        RefusedError: the address, or one it is redirected to, must not be fetched.
        FetchError: no answer in time, no such page, too large, broken off.
    """
    guard = Guard(
        address=printable(address),
        deadline=time.monotonic() + settings.fetch_timeout,
        allow_private=settings.fetch_allow_private,
    )
    try:
        with open_client(guard, user_agent=_user_agent()) as client:
            return _follow(client, check_url(address, allow_private=guard.allow_private), guard, settings)
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        text = f"took longer than {settings.fetch_timeout:g} s; try again, or allow more with ENTENTE_FETCH_TIMEOUT"
        raise _failure(guard, text) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError, ssl.SSLError, OSError) as error:
        raise _failure(guard, _explain(error)) from error


def _follow(client: httpx.Client, url: str, guard: Guard, settings: Settings) -> Page:
    for _ in range(MAX_REDIRECTS + 1):
        with client.stream("GET", url, follow_redirects=False) as response:
            if not response.has_redirect_location:
                return _read_page(response, url, guard, settings)
            client.cookies.clear()
            url = _next_url(response, url, guard)
    raise _failure(guard, f"redirects more than {MAX_REDIRECTS} times; give the address of the page itself")


def _next_url(response: httpx.Response, url: str, guard: Guard) -> str:
    location = response.headers["location"]
    try:
        following = str(httpx.URL(url).join(location))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise _failure(guard, f"redirects to {printable(location)}, which is no address") from error
    try:
        return check_url(following, allow_private=guard.allow_private)
    except RefusedError as error:
        raise RefusedError(f"{guard.address}: redirects to {error}", address=guard.address) from error


def _read_page(response: httpx.Response, url: str, guard: Guard, settings: Settings) -> Page:
    if response.status_code != HTTPStatus.OK:
        raise _failure(guard, _explain_status(response.status_code))
    limit = settings.fetch_max_bytes
    packed = response.headers.get("content-encoding", "")
    try:
        body = read_body(response.iter_raw(), coding=packed, limit=limit)
    except TooLargeError as error:
        text = f"is larger than {limit:,} bytes; allow more with ENTENTE_FETCH_MAX_BYTES"
        raise _failure(guard, text) from error
    except BrokenBodyError as error:
        raise _failure(guard, f"the body {error}; try again later") from error
    return Page(url=url, media_type=_media_type(response, url, body), body=body)


def _media_type(response: httpx.Response, url: str, body: bytes) -> str:
    header = printable(response.headers.get("content-type", "").strip())
    if not header:
        return guess_media_type(body)
    # Many servers send Markdown as plain text; the name says more.
    if header.lower().startswith("text/plain") and media_type_of(httpx.URL(url).path) == "text/markdown":
        return header.lower().replace("text/plain", "text/markdown", 1)
    return header


def _explain_status(status: int) -> str:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return f"there is no such page ({status}); check the address"
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return f"the server does not let us read it ({status}); save the page in a browser and give the file"
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500:
        return f"the server cannot answer now ({status}); try again later"
    return f"the server answered {status} and no page; open the address in a browser to see why"


def _explain(error: Exception) -> str:
    reason = printable(str(error)) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in reason:
        return "its certificate cannot be trusted; check the address"
    if isinstance(error, httpcore.ConnectError):
        return f"no connection ({reason}); check the address and the network"
    return f"the connection broke off ({reason}); try again later"


def _failure(guard: Guard, text: str) -> FetchError:
    return FetchError(f"{guard.address}: {text}", address=guard.address)


@cache
def _user_agent() -> str:
    return f"Entente/{version('entente')} (reads policy articles for a register of agreements)"
