"""Errors for programs: RFC 9457, ``application/problem+json``, with what went wrong, where, and what to do."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

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


def find_flaws(errors: Iterable[Mapping[str, Any]]) -> list[Flaw]:
    """What pydantic says of a request, by place: ``body.decisions.0.action``."""
    return [Flaw(where=".".join(map(str, each["loc"])) or "request", what=str(each["msg"])) for each in errors]


def show_problem(request: Request, status: int, detail: str, flaws: Iterable[Flaw] = ()) -> JSONResponse:
    """An error as JSON."""
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=_clean(detail),
        instance=_clean(request.url.path),
        flaws=tuple(Flaw(where=_clean(each.where), what=_clean(each.what)) for each in flaws),
    )
    return JSONResponse(problem.model_dump(mode="json"), status_code=status, media_type=MEDIA_TYPE)


def _clean(words: str) -> str:
    """The same without halves of characters: they come in as JSON's escapes, are quoted in messages, and cannot be sent."""
    return words.encode("utf-8", "replace").decode()
