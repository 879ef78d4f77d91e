"""The OpenAPI document of the interface: made from its routes, with its errors and how one signs in."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import JSONResponse

from pipeline.review.access import ACCESS
from pipeline.review.problems import MEDIA_TYPE, Flaw, Problem

router = APIRouter(prefix="/api/v1", tags=["interface"])

_ABOUT = """The register of Entente for programs: what the pages show and do, behind the same roles.

A list has `items` and `next`; give `next` as `after` to go on. Dates are ISO dates or prefixes of one (2025-07), as articles
have them; time stamps are UTC. Offsets count Unicode code points of an article's text. Errors are RFC 9457 problems."""

#: What an answer can be beside what was asked for, and to which requests.
_ERRORS = {
    "400": "The request cannot be read.",
    "401": "Nobody is signed in.",
    "403": "This needs another role, or it was sent by another site's page.",
    "404": "Nothing bears that id.",
    "413": "The request is too large.",
    "421": "The page does not answer to this host name.",
    "422": "Something given cannot be used; `flaws` says where.",
    "429": "Too many requests.",
    "503": "The database cannot be reached.",
}
_SCHEMES = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "the cookie that signing in at /sign-in gives",
    },
    "proxy": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Remote-User",
        "description": "set by a trusted proxy that has signed the visitor in; from anybody else it is ignored",
    },
}


@router.get("/openapi.json", summary="This document", response_model=None)
def api_show_document(request: Request) -> JSONResponse:
    """OpenAPI 3.1."""
    routes = [each for each in request.app.routes if isinstance(each, APIRoute) and each.path.startswith("/api/v1/")]
    return JSONResponse(make_document(routes))


def make_document(routes: Sequence[APIRoute]) -> dict[str, Any]:
    """The OpenAPI document of these routes."""
    document = get_openapi(
        title="Entente",
        version="1",
        openapi_version="3.1.0",
        description=_ABOUT,
        routes=routes,
        separate_input_output_schemas=False,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # the framework's own, which we never send
        schemas.pop(name, None)
    for model in (Flaw, Problem):
        schemas[model.__name__] = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas[model.__name__].pop("$defs", None)
    document["components"]["securitySchemes"] = _SCHEMES
    document["security"] = [{name: []} for name in _SCHEMES] + [{}]  # {}: on this machine, while there are no accounts
    for operation in _find_operations(document):
        _complete(operation)
    return document


def _find_operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    paths: Iterable[dict[str, Any]] = document["paths"].values()
    return (operation for path in paths for operation in path.values())


def _complete(operation: dict[str, Any]) -> None:
    """Say which errors an operation can answer with, and which role it takes; the framework's name of it is shortened."""
    name = operation["operationId"].partition("_api_v1_")[0]
    operation["operationId"] = name.removeprefix("api_")
    operation["x-role"] = ACCESS[name].value
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, words in _ERRORS.items():
        operation["responses"][status] = {"description": words, "content": content}
