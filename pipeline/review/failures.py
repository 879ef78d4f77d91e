"""Errors as pages: what happened, and what to do."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline.errors import InputError, NotFoundError, StoreError
from pipeline.review.page import render


def show_failure(request: Request, status: int, message: str) -> Response:
    """A page, or JSON below /api: ``{"error": message}``."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status_code=status)
    title = HTTPStatus(status).phrase
    return render(request, "failure.html", status=status, title=title, code=status, message=message)


def _fail_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return show_failure(request, error.status_code, error.detail)


def _fail_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
    return show_failure(request, 422, said)


def _fail_not_found(request: Request, error: Exception) -> Response:
    return show_failure(request, 404, str(error))


def _fail_input(request: Request, error: Exception) -> Response:
    return show_failure(request, 422, str(error))


def _fail_store(request: Request, error: Exception) -> Response:
    return show_failure(request, 503, str(error))


#: What becomes of which error.
FAILURES: dict[int | type[Exception], Callable[[Request, Any], Any]] = {
    HTTPException: _fail_http,
    RequestValidationError: _fail_invalid,
    NotFoundError: _fail_not_found,
    InputError: _fail_input,
    StoreError: _fail_store,
}
