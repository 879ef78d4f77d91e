"""Errors for programs: RFC 9457, ``application/problem+json``, with what went wrong, where, and what to do."""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse

from pipeline.store.row import Row

MEDIA_TYPE = "application/problem+json"


class Flaw(Row):
    """One thing that is wrong with a request."""

    where: str  #: ``query.limit``, ``body.decisions.0.action``
    what: str


class Problem(Row):
    """Why a request was not done. Nothing of it was saved."""

    type: str = "about:blank"
    title: str  #: the protocol's words for the status
    status: int
    detail: str  #: what happened and what to do, as a person would say it
    instance: str  #: the path that was asked for
    flaws: tuple[Flaw, ...] = ()  #: of what was given, where it cannot be read


def show_problem(request: Request, status: int, detail: str, flaws: Iterable[Flaw] = ()) -> JSONResponse:
    """An error as JSON."""
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.url.path,
        flaws=tuple(flaws),
    )
    return JSONResponse(problem.model_dump(mode="json"), status_code=status, media_type=MEDIA_TYPE)
