"""Making pages: one template, what every page needs, and the way back after a form was sent."""

from functools import cache
from typing import cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.brief.phrases import say_day
from pipeline.review.look import find_look
from pipeline.review.navigation import find_links
from pipeline.review.static import static_url
from pipeline.review.visitor import find_visitor_of
from pipeline.store.store import Store


def get_store(request: Request) -> Store:
    """The store that the page is about, open as long as the server runs."""
    return cast("Store", request.app.state.store)


def is_partial(request: Request) -> bool:
    """Whether htmx asks, which puts the answer into the page that is there already."""
    wants_part = request.headers.get("HX-Request-Type") == "partial"
    return request.headers.get("HX-Request") == "true" and wants_part


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page, or a part of one for htmx.

    A template has ``visitor``, ``navigation``, ``is_partial``, ``look`` (``light``, ``dark`` or ``auto``), ``url(name,
    **path)`` and ``static(name)`` beside the values given. Everything is escaped.

    Example::

        return render(request, "runs.html", runs=load_runs(get_store(request)))
    """
    frame = {
        "visitor": find_visitor_of(request),
        "navigation": find_links(request),
        "is_partial": is_partial(request),
        "look": find_look(request),
        "path": request.url.path,
        "url": lambda name, **path: str(request.app.url_path_for(name, **path)),
    }
    return HTMLResponse(get_templates().get_template(template).render(frame | values), status_code=status)


def back(request: Request, url: str) -> Response:
    """Where to go after a form was sent: a redirection (303) that browsers and htmx follow with GET.

    Args:
        request: the form's.
        url: of this site: ``/articles/ar-…#ag-…``. What leads to another site leads to the first page instead.
    """
    del request
    safe = url if url.startswith("/") and not url.startswith(("//", "/\\")) else "/"
    return RedirectResponse(safe, status_code=303)


@cache
def get_templates() -> Environment:
    """The templates; undefined names are errors, everything is escaped."""
    environment = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": say_day}
    environment.globals |= {"static": static_url}
    return environment
