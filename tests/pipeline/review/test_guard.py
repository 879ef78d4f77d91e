import re

import pytest
from starlette.routing import Route

from pipeline.enumerations import Role
from pipeline.review import guard, views
from pipeline.review.access import ACCESS, PUBLIC
from pipeline.review.guard import guard_routes


@pytest.mark.parametrize(("role", "status"), [(None, 303), ("reader", 403), ("reviewer", 403), ("admin", 200)], ids=str)
def test_a_page_of_administrators_is_theirs(plain, sign_in_as, role, status):
    sign_in_as(role)
    assert plain.get("/people").status_code == status


@pytest.mark.parametrize(("role", "status"), [(None, 303), ("reader", 200), ("admin", 200)], ids=str)
def test_a_page_of_readers_is_everybodys_who_is_signed_in(plain, sign_in_as, role, status):
    sign_in_as(role)
    assert plain.get("/account").status_code == status


def test_nothing_of_a_form_is_read_before_it_is_known_who_sends_it(plain, sign_in_as):
    sign_in_as("reader")
    refused = plain.post("/people", data={"role": "no role at all"})
    assert refused.status_code == 403
    assert "This needs the role admin; yours is reader." in refused.text


def test_who_asks_is_not_looked_up_for_files(plain, monkeypatch):
    def fail(request):
        raise AssertionError

    monkeypatch.setattr(guard, "identify", fail)
    assert plain.get("/healthz").status_code == 200


def test_the_routes_themselves_stay_as_they_are():
    routes = views.ROUTERS[0].routes
    before = [route.app for route in routes]
    guard_routes(routes)
    assert [route.app for route in routes] == before


def list_routes(plain):
    """Name, method and an address of every route; what stands in a path is the id of nothing."""
    routes = [route for route in plain.app.routes if isinstance(route, Route)]
    assert len(routes) > 100
    for route in routes:
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: "1" if found[1] == "number" else "zz-none-of-that", route.path)
        yield route.name, min(route.methods - {"HEAD"}), path


def find_answer(answer):
    """What became of a request: ``sign in``, ``refused``, ``broken`` or ``let in`` (whatever came of it then)."""
    if answer.status_code >= 500:
        return "broken"
    if answer.status_code == 401 or answer.headers.get("location", "").startswith("/sign-in?next="):
        return "sign in"
    return "refused" if answer.status_code == 403 else "let in"


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_every_route_lets_in_whom_the_table_says(plain, sign_in_as, role):
    sign_in_as(role)
    expected, found = {}, {}
    for name, method, path in list_routes(plain):
        answer = find_answer(plain.request(method, path))
        if name in PUBLIC:
            # The form and what it sends answer 401 themselves, to whom it is not known.
            expected[name], answer = "let in", "let in" if answer == "sign in" else answer
        elif role is None:
            expected[name] = "sign in"
        else:
            expected[name] = "let in" if role.includes(ACCESS[name]) else "refused"
        found[name] = answer
    assert found == expected
