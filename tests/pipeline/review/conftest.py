"""The review page over a real store with invented records, as somebody of any role."""

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from pipeline.enumerations import Role
from pipeline.review import guard
from pipeline.review.app import create_app
from pipeline.review.options import ReviewOptions
from pipeline.review.visitor import Visitor


def open_client(settings) -> TestClient:
    """A browser on this machine without JavaScript; redirections are not followed."""
    app = create_app(settings, ReviewOptions())
    return TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000), follow_redirects=False)


@pytest.fixture
def client(settings) -> Iterator[TestClient]:
    """The page over an empty store of its own (fixture ``store``; ``save`` and ``make`` of the store's tests fill it)."""
    with open_client(settings) as opened:
        yield opened


@pytest.fixture
def reading(filled) -> Iterator[TestClient]:
    """The page over the store with invented records that all tests share: for what only reads."""
    with open_client(filled.settings) as opened:
        yield opened


@pytest.fixture
def sign_in_as(monkeypatch) -> Callable[[str], None]:
    """Call as ``sign_in_as("reader")``: from here on every request is from somebody of that role; None: from nobody."""

    def sign_in(role: str | None, name: str = "ana") -> None:
        found = None if role is None else Visitor(name=name, role=Role(role))
        monkeypatch.setattr(guard, "identify", lambda request: found)

    return sign_in
