import pytest
from fastapi import APIRouter
from starlette.routing import Route

from pipeline.review import access, api, views
from pipeline.review.access import check_routes


def test_every_route_has_its_place_and_every_place_its_route():
    routes = [route for router in (*views.ROUTERS, *api.ROUTERS) for route in router.routes]
    check_routes(routes)
    assert {route.name for route in routes if isinstance(route, Route)} == set(access.ACCESS) | access.PUBLIC


def test_a_route_that_nobody_thought_of_stops_the_start(monkeypatch, settings):
    router = APIRouter()

    @router.get("/secret")
    def show_secret():
        return "secret"

    with pytest.raises(ValueError, match="who may use: show_secret"):
        check_routes(router.routes)
    monkeypatch.setitem(access.ACCESS, "show_secret", "admin")
    with pytest.raises(ValueError, match="two routes bear the name: show_secret"):
        check_routes([*router.routes, *router.routes])
