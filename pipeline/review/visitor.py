"""Who is asking: a name and a role."""

from dataclasses import dataclass

from starlette.requests import Request

from pipeline.enumerations import Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking."""

    name: str  #: goes into decisions as ``who``
    role: Role
    session: int | None = None  #: number of the session; None for the local user and behind a proxy


def visitor(request: Request) -> Visitor:
    """Who asks for this page; every route but the public ones has a visitor, whose role was checked before it ran."""
    found: Visitor = request.state.visitor
    return found


def find_visitor_of(request: Request) -> Visitor | None:
    """As :func:`visitor`; None on a public page that nobody is signed in to."""
    return getattr(request.state, "visitor", None)
