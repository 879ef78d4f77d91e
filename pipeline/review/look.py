"""Light or dark: as the system has it, or as the visitor chose (kept in a cookie)."""

from typing import Literal

from starlette.requests import Request

Look = Literal["auto", "light", "dark"]
COOKIE = "look"


def find_look(request: Request) -> Look:
    """The look that the visitor chose; ``auto``: the system's."""
    match request.cookies.get(COOKIE):
        case "light":
            return "light"
        case "dark":
            return "dark"
        case _:
            return "auto"
