"""What is turned away before anything looks at it: a wrong host name, a form of another site, too large a body."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.failures import show_failure
from pipeline.review.options import ReviewOptions

# The largest form is a correction with a note of 10,000 characters, which takes 90 kB in the worst escapes.
_LARGEST_BODY = 1_000_000
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """Lets through what a page of ours may have sent."""

    def __init__(self, app: ASGIApp, options: ReviewOptions) -> None:
        self.app = app
        self.options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or turn it away."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._check(scope)
        if refused is not None:
            answer = show_failure(Request(scope), *refused)
            await answer(scope, receive, send)
            return
        await self.app(scope, _limit(receive), send)

    def _check(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        name = find_name(headers.get("host", ""))
        if not self.options.answers_to(name):
            return 421, f"This page does not answer to the name {name[:100]!r}; entente review --name adds a name."
        if scope["method"] not in _SAFE and not is_own(headers):
            return 403, "This was sent by a page of another site. Open the page here and send it again."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _LARGEST_BODY:
            return 413, f"A request may have {_LARGEST_BODY:,} bytes."
        return None


def find_name(host: str) -> str:
    """The name in a Host header, without its port: ``[::1]:8765`` -> ``::1``; empty where it cannot be read."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_own(headers: Mapping[str, str]) -> bool:
    """Whether a page of this site, the visitor's own hand or a program sent this, and no page of another site.

    Browsers say so in Sec-Fetch-Site, which no script can write; older ones in Origin. What has neither is no browser:
    it sends no cookies that a person did not give it.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False


def _limit(receive: Receive) -> Receive:
    """The same, until the body is too large: one that does not say its length is measured."""
    taken = 0

    async def take() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > _LARGEST_BODY:
            raise HTTPException(413, f"A request may have {_LARGEST_BODY:,} bytes.")
        return message

    return take
