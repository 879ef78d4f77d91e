"""Who may do what: one table, by the name of the route, which is the name of its function."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route

from pipeline.enumerations import Role

#: Routes for which it makes no difference who asks.
ANONYMOUS = frozenset({"show_health", "show_static", "sign_in", "choose_look"})
#: Routes that need nobody to be signed in.
PUBLIC = ANONYMOUS | {"show_sign_in"}

#: The least role that each route takes. A route that stands neither here nor above stops the start.
ACCESS: dict[str, Role] = {
    # The frame: people, sessions.
    "show_index": Role.READER,
    "show_account": Role.READER,
    "change_password": Role.READER,
    "end_own_session": Role.READER,
    "sign_out": Role.READER,
    "list_accounts": Role.ADMIN,
    "create_account": Role.ADMIN,
    "show_person": Role.ADMIN,
    "change_role": Role.ADMIN,
    "end_person_sessions": Role.ADMIN,
    "drop_account": Role.ADMIN,
    # Reading and deciding on an article.
    "show_article": Role.READER,
    "show_record": Role.READER,
    "decide_record": Role.REVIEWER,
    "show_same": Role.REVIEWER,
    "decide_same_words": Role.REVIEWER,
    "show_addition": Role.REVIEWER,
    "add_to_article": Role.REVIEWER,
    "change_places": Role.REVIEWER,
    "show_history": Role.READER,
    "show_steps": Role.REVIEWER,
    "undo_step": Role.REVIEWER,
    "redo_step": Role.REVIEWER,
    "undo_decision": Role.REVIEWER,
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
