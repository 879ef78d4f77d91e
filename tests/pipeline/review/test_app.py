import pytest

from pipeline.review import views
from pipeline.review.app import create_app


def test_a_route_without_a_role_stops_the_start(settings, monkeypatch):
    monkeypatch.setattr("pipeline.review.access.ACCESS", {})
    with pytest.raises(ValueError, match="does not say who may use"):
        create_app(settings)


def test_the_store_is_open_as_long_as_the_page_is_served(client):
    assert client.app.state.store.engine.pool.size() == 2
    assert client.get("/healthz").status_code == 200


def test_no_page_of_the_framework_is_served(client):
    """They load scripts from elsewhere, and name every route to everybody."""
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404


def test_long_pages_are_packed(client):
    page = client.get("/people", headers={"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"


def test_routers_are_shared_between_applications(settings):
    before = [len(router.routes) for router in views.ROUTERS]
    assert len(create_app(settings).routes) == len(create_app(settings).routes)
    assert [len(router.routes) for router in views.ROUTERS] == before
