"""Errors as pages: what happened, and what to do. No traceback, query or value of ours is shown to anybody."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.errors import InputError, NotFoundError, StoreError, TextError
from pipeline.logs import get_logger
from pipeline.review.headers import add_headers
from pipeline.review.page import render
from pipeline.review.problems import find_flaws, show_problem

_log = get_logger(__name__)
#: Titles that say more than the protocol's own words.
_TITLES = {
    403: "Not yours to do",
    404: "There is no such page",
    421: "Wrong address",
    422: "This cannot be used",
    429: "Too many tries",
    500: "Something went wrong here",
    503: "The database does not answer",
}
_UNKNOWN = "Nothing stands at this address. It may have been mistyped, or what stood here was merged or removed."


def show_failure(request: Request, status: int, message: str) -> Response:
    """A page, or a problem as JSON below /api (:mod:`pipeline.review.problems`)."""
    if is_for_programs(request):
        return show_problem(request, status, message)
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    return render(request, "failure.html", status=status, title=title, code=status, message=message)


def is_for_programs(request: Request) -> bool:
    """Whether a program asks, which gets JSON."""
    return request.url.path.startswith("/api/")


def ask_to_sign_in(request: Request) -> Response:
    """The way to the sign-in page and back; programs are told, and htmx takes the whole page there."""
    if is_for_programs(request):
        return show_problem(request, 401, "Sign in first: /sign-in")
    url = f"/sign-in?next={quote(_find_way_back(request), safe='')}"
    if request.headers.get("HX-Request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": url})
    return RedirectResponse(url, status_code=303)


def _find_way_back(request: Request) -> str:
    """The page that was asked for, or the one whose form was sent."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("referer", ""))
    is_ours = came.netloc == request.headers.get("host")
    return (came.path + (f"?{came.query}" if came.query else "")) if is_ours else "/"


def _fail_http(request: Request, error: HTTPException) -> Response:
    if error.status_code == 401:
        return ask_to_sign_in(request)
    message = _UNKNOWN if error.status_code == 404 and error.detail == "Not Found" else error.detail
    answer = show_failure(request, error.status_code, message)
    answer.headers.update(error.headers or {})
    return answer


def _fail_invalid(request: Request, error: RequestValidationError) -> Response:
    said = [f"{each['loc'][-1] if each['loc'] else 'request'}: {each['msg']}" for each in error.errors()]
    if is_for_programs(request):
        return show_problem(request, 422, "; ".join(said), find_flaws(error.errors()))
    return show_failure(request, 422, "; ".join(said))


def _fail_not_found(request: Request, error: NotFoundError) -> Response:
    return show_failure(request, 404, str(error))


def _fail_input(request: Request, error: InputError) -> Response:
    return show_failure(request, 422, str(error))


def _fail_text(request: Request, error: TextError) -> Response:
    """What no text of ours can have; what the database says of it is nothing for a reader."""
    del error
    return show_failure(request, 422, "Something given has characters or numbers that cannot be kept: leave them out.")


def _fail_store(request: Request, error: StoreError) -> Response:
    _log.error("store failed", id=request.state.request_id, reason=str(error))
    return show_failure(request, 503, "The register cannot be read or written now. Try again in a minute.")


def _fail_unexpected(request: Request, error: Exception) -> Response:
    """It is answered outside of all that puts headers on answers, so they are put on here."""
    number = request.state.request_id
    _log.error("request failed", id=number, path=request.url.path, exc_info=error)
    answer = show_failure(request, 500, f"Nothing was saved by this request. Its number in the log is {number}.")
    add_headers(answer.headers, is_https=request.url.scheme == "https")
    return answer


#: What becomes of which error.
FAILURES: dict[int | type[Exception], Callable[[Request, Any], Any]] = {
    HTTPException: _fail_http,
    RequestValidationError: _fail_invalid,
    NotFoundError: _fail_not_found,
    InputError: _fail_input,
    TextError: _fail_text,
    StoreError: _fail_store,
    Exception: _fail_unexpected,
}
