"""Fixtures for every test that needs a store: one real embedded server a session, a fresh database a test."""

import itertools
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import psycopg
import pytest

from pipeline.settings import Settings
from pipeline.store.embedded import start_server, stop_server
from pipeline.store.migrate import migrate
from pipeline.store.store import Store, make_engine, open_store

_NUMBERS = itertools.count(1)

# A machine that is busy with other things is no failure: no clock runs against an example.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


_IN_MEMORY = Path("/dev/shm")
#: A server of the tests had 71 MB at most, and its WAL may take 256; several run at once, and a full memory is worse than a disk.
_SERVER_BYTES = 2_000_000_000


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The URL of a running server with a migrated database ``template`` to copy."""
    home = Path(tempfile.mkdtemp(prefix="entente-", dir=_find_memory() or tmp_path_factory.getbasetemp()))
    url = start_server(home)
    with psycopg.connect(url, autocommit=True) as connection:
        # What tests write need not outlive a power cut, and waiting for the disk is most of their time.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE template")
    with Store(make_engine(name_database(url, "template"))) as store:
        migrate(store.engine)
    yield url
    stop_server(home)
    shutil.rmtree(home, ignore_errors=True)


def _find_memory() -> Path | None:
    """A file system in memory with room for a server: there a database is copied in 40 ms, on a disk in 95."""
    is_roomy = _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _SERVER_BYTES
    return _IN_MEMORY if is_roomy and os.access(_IN_MEMORY, os.W_OK) else None


@pytest.fixture
def database_url(server):
    """The URL of a fresh, migrated database (a copy is quicker than a migration)."""
    name = f"test_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template")
    yield name_database(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(database_url, tmp_path) -> Settings:
    """Settings with a home and a database of their own."""
    return Settings(home=tmp_path / "home", database_url=database_url)


@pytest.fixture
def store(settings):
    """An open, empty store."""
    with open_store(settings) as opened:
        yield opened


def name_database(url: str, name: str) -> str:
    """The same server's URL with another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()
