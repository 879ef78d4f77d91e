"""Light or dark: as the system has it, or as the visitor chose (kept in a cookie that scripts may read)."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

Look = Literal["auto", "light", "dark"]
LOOKS: tuple[Look, ...] = ("auto", "light", "dark")
_COOKIE = "look"
_A_YEAR = 31_536_000


def find_look(request: Request) -> Look:
    """The look that the visitor chose; ``auto``: the system's."""
    chosen = request.cookies.get(_COOKIE)
    return next((look for look in LOOKS if look == chosen), "auto")


def keep_look(request: Request, response: Response, look: str) -> None:
    """Have the browser keep a look for a year; what is none is forgotten, as is ``auto``."""
    is_https = request.url.scheme == "https"
    if look in {"light", "dark"}:
        response.set_cookie(_COOKIE, look, max_age=_A_YEAR, path="/", secure=is_https, samesite="lax")
    else:
        response.delete_cookie(_COOKIE, path="/", secure=is_https, samesite="lax")
