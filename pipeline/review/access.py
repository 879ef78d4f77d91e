"""Who may do what: one table, by the name of the route, which is the name of its function."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route

from pipeline.enumerations import Role

#: Routes that need nobody to be signed in.
PUBLIC = frozenset({"show_health", "show_static", "show_sign_in", "sign_in", "choose_look"})

#: The least role that each route takes. A route that stands neither here nor above stops the start.
ACCESS: dict[str, Role] = {
    # The frame: people, sessions.
    "show_index": Role.READER,
    # Reading and deciding on an article.
    # Queues, bulk, merge and split, what is learned.
    # The register.
    # The brief, themes, changes, runs, quarantine.
    # The interface for programs, under /api/v1.
}


def check_routes(routes: Iterable[BaseRoute]) -> None:
    """Stop where a route has no place in the table, or where two bear one name: neither would be noticed otherwise.

    Raises:
        ValueError: with the names.
    """
    names = [route.name for route in routes if isinstance(route, Route)]
    missing = sorted({name for name in names if name not in ACCESS and name not in PUBLIC})
    if missing:
        raise ValueError(f"pipeline/review/access.py does not say who may use: {', '.join(missing)}")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two routes bear the name: {', '.join(twice)}")
