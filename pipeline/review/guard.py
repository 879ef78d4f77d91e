"""What stands before every route: finds out who asks and whether they may."""

import copy
from collections.abc import Iterable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.review.access import ACCESS, ANONYMOUS, PUBLIC
from pipeline.review.identify import identify


class Guard:
    """A route behind its role: nothing of a request is read before it is known who sends it."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self.app = app
        self.role = None if name in PUBLIC else ACCESS[name]
        self.is_anonymous = name in ANONYMOUS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if self.is_anonymous:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        found = await run_in_threadpool(identify, request)
        if found is not None:
            request.state.visitor = found
        if self.role is not None:
            if found is None:
                raise HTTPException(401, "Please sign in.")
            if not found.role.includes(self.role):
                raise HTTPException(403, f"This needs the role {self.role}; yours is {found.role}.")
        await self.app(scope, receive, send)


def guard_routes(routes: Iterable[BaseRoute]) -> list[BaseRoute]:
    """Copies of these routes, each behind the role that the table gives it."""
    return [_guard(route) if isinstance(route, Route) else route for route in routes]


def _guard(route: Route) -> Route:
    guarded = copy.copy(route)
    guarded.app = Guard(route.app, route.name)
    return guarded
