"""The session's cookie: readable by no script, sent to nobody else, and over https bound to this very host."""

from starlette.requests import Request
from starlette.responses import Response

from pipeline.store.sessions import ABSOLUTE

# Browsers take the prefix only with Secure, Path=/ and no Domain: no other host, and no plain http, can plant one.
_SAFE = "__Host-session"
_PLAIN = "session"  # on this machine, without https


def read_token(request: Request) -> str | None:
    """The token that the browser sent."""
    return request.cookies.get(_name(request))


def give_token(request: Request, response: Response, token: str) -> None:
    """Have the browser keep a token."""
    response.set_cookie(
        _name(request),
        token,
        max_age=int(ABSOLUTE.total_seconds()),
        path="/",
        secure=_is_https(request),
        httponly=True,
        samesite="lax",  # "strict" would show the sign-in page to whoever follows a permalink in a mail
    )


def take_token(request: Request, response: Response) -> None:
    """Have the browser forget its token."""
    response.delete_cookie(_name(request), path="/", secure=_is_https(request), httponly=True, samesite="lax")


def _name(request: Request) -> str:
    return _SAFE if _is_https(request) else _PLAIN


def _is_https(request: Request) -> bool:
    return request.url.scheme == "https"
