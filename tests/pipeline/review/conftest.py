"""The review page over a real store with invented records, as somebody of any role."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from pipeline.enumerations import Role
from pipeline.records import Theme, make_record_id
from pipeline.review import guard, passwords
from pipeline.review.app import create_app
from pipeline.review.options import ReviewOptions
from pipeline.review.visitor import Visitor
from pipeline.settings import Settings
from pipeline.store.themes import save_themes
from tests.pipeline.store import conftest as stores

make, save = stores.make, stores.save  # what fills a store, made for the store's own tests


def open_client(settings, options: ReviewOptions | None = None, address: str = "127.0.0.1") -> TestClient:
    """A browser on this machine without JavaScript; redirections are not followed."""
    app = create_app(settings, options or ReviewOptions())
    return TestClient(
        app,
        base_url="http://127.0.0.1:8765",
        client=(address, 50000),
        follow_redirects=False,
        raise_server_exceptions=False,
    )


@pytest.fixture
def client(settings) -> Iterator[TestClient]:
    """The page over an empty store of its own (the fixture ``store``)."""
    with open_client(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def open_page(server, tmp_path_factory) -> Iterator[TestClient]:
    """One application over one empty store for all tests of what only reads."""
    name = "review_shared"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template")
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    with open_client(Settings(home=tmp_path_factory.mktemp("review"), database_url=url)) as opened:
        yield opened


@pytest.fixture
def plain(open_page) -> Iterator[TestClient]:
    """As ``client``, for tests that save nothing; it is there at once."""
    base_url, headers = open_page.base_url, open_page.headers.copy()
    yield open_page
    open_page.base_url, open_page.headers = base_url, headers
    open_page.cookies.clear()


@pytest.fixture
def serve_with(settings) -> Iterator[Callable[..., TestClient]]:
    """Call as ``serve_with(proxies=…, address="10.0.0.7")`` for a page that is served otherwise."""
    opened = []

    def serve(address: str = "127.0.0.1", **options) -> TestClient:
        client = open_client(settings, ReviewOptions(**options), address)
        opened.append(client.__enter__())
        return client

    yield serve
    for client in opened:
        client.__exit__(None, None, None)


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


@pytest.fixture
def weak(monkeypatch) -> None:
    """Passwords are hashed in a millisecond."""
    monkeypatch.setattr(passwords, "_HASH", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
    passwords._hash_nothing.cache_clear()


@pytest.fixture
def theme(save, store) -> str:
    """The id of a theme of one article, in the store of ``client``."""
    article, _ = save(text=f"{stores.TEXT} Ships lay off the coast.")
    member = make_record_id("pa", article.id, article.text)
    facts = {
        "label": "ships, coast",
        "terms": ("ships", "coast"),
        "size": 1,
        "members": (member,),
        "exemplars": (member,),
    }
    save_themes(store, [Theme(id="th-0123456789abcdef", **facts)], "invented")
    return "th-0123456789abcdef"
