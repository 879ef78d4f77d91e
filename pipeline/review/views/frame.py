"""What belongs to no noun: the first page, the files of the page, whether it is well."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pipeline.review.page import back, get_store, render
from pipeline.review.static import find_digest, load_files

router = APIRouter(include_in_schema=False)
#: Where the first page leads: the first of these routes that there is.
_FIRST = ("show_brief", "list_register")


@router.get("/")
def show_index(request: Request) -> Response:
    """The brief, which is what a day begins with."""
    routes: dict[str, Route] = request.app.state.routes
    first = next((routes[name].path for name in _FIRST if name in routes), None)
    return back(request, first) if first else render(request, "index.html")


@router.get("/healthz")
def show_health(request: Request) -> Response:
    """``ok`` where the database answers; 503 otherwise, from the page for errors of the store."""
    with get_store(request).begin():
        return PlainTextResponse("ok\n")


@router.get("/static/{digest}/{name:path}")
def show_static(digest: str, name: str) -> Response:
    """A file; kept for a year where its digest is the present one."""
    file = load_files().get(name)
    if file is None:
        raise HTTPException(404)
    age = "public, max-age=31536000, immutable" if digest == find_digest() else "no-cache"
    return Response(file.body, media_type=file.media_type, headers={"Cache-Control": age})
