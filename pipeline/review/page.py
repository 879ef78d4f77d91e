"""Making pages: one frame, what every page needs, and the way back after a form was sent."""

from datetime import UTC, datetime
from functools import cache
from typing import cast
from urllib.parse import quote, unquote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.brief.phrases import say_day, say_number, say_value
from pipeline.review.agents import say_agent
from pipeline.review.look import find_look
from pipeline.review.navigation import find_links
from pipeline.review.static import static_url
from pipeline.review.visitor import find_visitor_of
from pipeline.store.store import Store

_SAID = "said"  # the cookie that carries what happened over the redirection to the page that says it
_LONGEST_SAID = 300


def get_store(request: Request) -> Store:
    """The store that the page is about, open as long as the server runs."""
    return cast("Store", request.app.state.store)


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a part, which it puts into the page that is there already."""
    wants_part = request.headers.get("HX-Request-Type") == "partial"
    return request.headers.get("HX-Request") == "true" and wants_part


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page, or a part of one for htmx.

    A template has ``visitor``, ``navigation``, ``is_partial``, ``look`` (``light``, ``dark`` or ``auto``), ``path``,
    ``path_and_query``, ``url(name, **path)`` and ``static(name)`` beside the values given, and the filters ``day``, ``minute``,
    ``words`` (``in_force`` → ``in force``) and ``figure``. Everything is escaped.

    Example::

        return render(request, "runs.html", runs=load_runs(get_store(request)))
    """
    said = unquote(request.cookies.get(_SAID, ""))[:_LONGEST_SAID]
    frame = _make_frame(request) | {"said": said}
    page = get_templates().get_template(template).render(frame | values)
    answer = HTMLResponse(page, status_code=status)
    if said:
        answer.delete_cookie(_SAID, path="/")
    if said and is_partial(request):
        answer.headers["X-Said"] = quote(said)
    return answer


def back(request: Request, url: str, *, said: str | None = None) -> Response:
    """Where to go after a form was sent: a redirection (303) that browsers and htmx follow with GET.

    Args:
        request: the form's.
        url: of this site: ``/articles/ar-…#ag-…``. What leads to another site leads to the first page instead.
        said: what happened, for eye and ear: ``3 records accepted``. The page that follows says it once.
    """
    answer = RedirectResponse(_keep_here(url), status_code=303)
    if said:
        is_https = request.url.scheme == "https"
        answer.set_cookie(
            _SAID, quote(said[:_LONGEST_SAID]), max_age=60, secure=is_https, httponly=True, samesite="lax"
        )
    return answer


def say_minute(moment: datetime) -> str:
    """A moment to the minute: ``22 November 2025, 09:48 UTC``."""
    return f"{say_day(moment.astimezone(UTC))}, {moment.astimezone(UTC):%H:%M} UTC"


def _keep_here(url: str) -> str:
    """An address of this site, whatever was written into the link that led here; browsers read a backslash as a slash."""
    is_here = url.startswith("/") and not url.startswith(("//", "/\\")) and url.isprintable()
    return url if is_here else "/"


def _make_frame(request: Request) -> dict[str, object]:
    query = request.url.query
    routes: dict[str, Route] = request.app.state.routes
    return {
        "visitor": find_visitor_of(request),
        "navigation": find_links(request),
        "is_partial": is_partial(request),
        "look": find_look(request),
        "path": request.url.path,
        "path_and_query": request.url.path + (f"?{query}" if query else ""),
        "url": lambda name, /, **path: str(routes[name].url_path_for(name, **path)),
    }


@cache
def get_templates() -> Environment:
    """The templates; undefined names are errors, everything is escaped."""
    environment = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a page is of the version that was started
    )
    environment.filters |= {
        "day": say_day,
        "minute": say_minute,
        "words": say_value,
        "figure": say_number,
        "agent": say_agent,
    }
    environment.globals |= {"static": static_url}
    return environment
