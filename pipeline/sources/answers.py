"""What a server said to one request: a page, that nothing has changed, or why there is none."""

from dataclasses import dataclass
from http import HTTPStatus

import httpx

from pipeline.errors import FetchError, PassingError
from pipeline.sources.bodies import BrokenBodyError, TooLargeError, read_body
from pipeline.sources.guard import Guard
from pipeline.sources.media import guess_media_type, media_type_of
from pipeline.sources.retries import is_passing, read_retry_after
from pipeline.sources.urls import printable

_LONGEST_VALIDATOR = 1_000  # characters: what is longer is no validator, and would go out with each request


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What a server gave to tell a page's state by; sent back, it answers with a page only where that has changed.

    Attributes:
        etag: the ETag header, with its quotes.
        last_modified: the Last-Modified header, as the server wrote it: it is sent back, not compared.
    """

    etag: str | None = None
    last_modified: str | None = None

    def to_headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value and _is_validator(value)}


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the server sent.

    Attributes:
        url: where it was found in the end, after redirects.
        media_type: the Content-Type header: ``text/html; charset=iso-8859-1``; guessed from the body if missing.
        body: the bytes, unpacked.
        aliases: the addresses that the redirects led through, the last one included; empty where there were none.
        validators: for the next request.
    """

    url: str
    media_type: str
    body: bytes
    aliases: tuple[str, ...] = ()
    validators: Validators = Validators()


@dataclass(frozen=True, kw_only=True)
class NotModified:
    """The page is as it was when the validators were given.

    Attributes:
        url: where it was found in the end, after redirects.
        validators: for the next request: what the server says now, otherwise what was sent.
    """

    url: str
    validators: Validators


def read_page(response: httpx.Response, hops: tuple[str, ...], guard: Guard, *, limit: int) -> Page:
    """The page in an answer whose body is still to be read.

    Args:
        response: with any status.
        hops: the addresses that led here, the first one and the last one included.
        guard: of the fetch.
        limit: bytes that the page may have, unpacked.

    Raises:
        FetchError: another status than 200, too large, a body that does not unpack; PassingError: that may pass.
    """
    if response.status_code != HTTPStatus.OK:
        raise status_error(response, guard)
    try:
        body = read_body(response.iter_raw(), coding=response.headers.get("content-encoding", ""), limit=limit)
    except TooLargeError as error:
        text = f"is larger than {limit:,} bytes; allow more with ENTENTE_FETCH_MAX_BYTES"
        raise FetchError(f"{guard.address}: {text}", address=guard.address) from error
    except BrokenBodyError as error:
        raise PassingError(f"{guard.address}: the body {error}; try again later", address=guard.address) from error
    return Page(
        url=hops[-1],
        media_type=_media_type(response, hops[-1], body),
        body=body,
        aliases=tuple(dict.fromkeys(hop for hop in hops[1:] if hop != hops[0])),
        validators=read_validators(response),
    )


def read_validators(response: httpx.Response) -> Validators:
    """The validators in an answer; what is no header that could be sent back is left out."""
    etag, last_modified = response.headers.get("etag"), response.headers.get("last-modified")
    return Validators(
        etag=etag if etag and _is_validator(etag) else None,
        last_modified=last_modified if last_modified and _is_validator(last_modified) else None,
    )


def status_error(response: httpx.Response, guard: Guard) -> FetchError:
    """Why there is no page, from the status of an answer."""
    status = response.status_code
    if is_passing(status):
        retry_after = read_retry_after(response.headers.get("retry-after"))
        when = "later" if retry_after is None else f"in {retry_after:,.0f} s, as it asks"
        text = f"{guard.address}: the server cannot answer now ({status}); try again {when}"
        return PassingError(text, address=guard.address, retry_after=retry_after)
    return FetchError(f"{guard.address}: {_explain_status(status)}", address=guard.address)


def _explain_status(status: int) -> str:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return f"there is no such page ({status}); check the address"
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return f"the server does not let us read it ({status}); save the page in a browser and give the file"
    return f"the server answered {status} and no page; open the address in a browser to see why"


def _media_type(response: httpx.Response, url: str, body: bytes) -> str:
    header = printable(response.headers.get("content-type", "").strip())
    if not header:
        return guess_media_type(body)
    # Many servers send Markdown as plain text; the name says more.
    if header.lower().startswith("text/plain") and media_type_of(httpx.URL(url).path) == "text/markdown":
        return header.lower().replace("text/plain", "text/markdown", 1)
    return header


def _is_validator(value: str) -> bool:
    return len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
