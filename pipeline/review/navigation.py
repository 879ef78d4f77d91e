"""The links at the head of each page: those whose routes exist and whose role the visitor has."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.routing import Route

from pipeline.review.access import ACCESS
from pipeline.review.visitor import find_visitor_of

#: What stands at the head, by the name of the route, in this order.
_HEAD = {
    "show_brief": "Brief",
    "show_queue": "Review",
    "list_register": "Register",
    "list_claims": "Claims",
    "list_entities": "Entities",
    "list_themes": "Themes",
    "show_changes": "Changes",
    "search": "Search",
}
#: What looks after the store, behind the first ones.
_FOOT = {
    "list_runs": "Runs",
    "list_quarantine": "Quarantine",
    "show_precision": "Rules",
    "list_accounts": "People",
    "list_audit": "Audit",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link."""

    title: str
    url: str
    is_here: bool
    is_minor: bool


def find_links(request: Request) -> list[Link]:
    """The links for this visitor, none for nobody."""
    visitor = find_visitor_of(request)
    if visitor is None:
        return []
    routes: dict[str, Route] = request.app.state.routes
    here = request.url.path
    return [
        Link(title=title, url=routes[name].path, is_here=_is_below(here, routes[name].path), is_minor=name in _FOOT)
        for name, title in (_HEAD | _FOOT).items()
        if name in routes and visitor.role.includes(ACCESS[name])
    ]


def _is_below(path: str, of: str) -> bool:
    return path == of or path.startswith(of.rstrip("/") + "/")
