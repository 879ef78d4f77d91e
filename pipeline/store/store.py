"""Opening and closing the store, and the one way to talk to it: short transactions with readable errors."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import ArgumentError, DataError, OperationalError, SQLAlchemyError, StatementError

from pipeline.errors import StoreError, TextError
from pipeline.settings import Settings
from pipeline.store.embedded import start_server
from pipeline.store.migrate import migrate


class Store:
    """An open database; a context manager. All else are functions that take it first."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: all that happens on the connection is saved at its end, or nothing.

        Raises:
            StoreError: the database went away.
            TextError: it does not take a value (NUL, half of a surrogate pair).
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except (DataError, UnicodeEncodeError) as error:
            raise TextError(f"The database cannot keep this text: {_first_line(error)}") from error
        except OperationalError as error:
            raise StoreError(f"The database cannot be reached any more: {_first_line(error)}") from error
        except StatementError as error:
            raise StoreError(f"The database refused: {_first_line(error)}") from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One look: each query on the connection sees the store as it was at the first, whatever others save meanwhile.

        For what is put together from several queries: a row and then the words of its observations, which an article that
        is saved anew between them would take away. Nothing can be written, and nobody waits.

        Raises:
            StoreError: the database went away.
        """
        with self.begin() as connection:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            yield connection

    def close(self) -> None:
        """Give the connections back; an embedded server stays up for the next one."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(settings: Settings, *, connections: int = 5) -> Store:
    """The store of these settings, as a context manager; starts the embedded server and makes the tables where needed.

    Args:
        settings: where the store is.
        connections: how many may be in use at once; who asks for one more waits.

    Example::

        with open_store(settings) as store:
            rows = load_register(store)

    Raises:
        StoreError: the database cannot be reached, started or upgraded, or lacks pgvector.
    """
    url = settings.database_url or start_server(settings.home)
    store = Store(make_engine(url, connections=connections))
    try:
        _check_reachable(store.engine)
        migrate(store.engine)
    except BaseException:
        store.close()
        raise
    return store


def now() -> datetime:
    """The time, for our own time stamps."""
    return datetime.now(UTC)


def make_engine(url: str, *, connections: int = 5) -> Engine:
    """An engine for a URL that begins with ``postgresql://`` or ``postgresql+psycopg://``; connects to nothing yet.

    Raises:
        StoreError: it is no such URL.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in {"postgresql", "postgres"}:
        raise StoreError("ENTENTE_DATABASE_URL must begin with postgresql://")  # the rest may hold a password
    try:
        return create_engine(
            f"postgresql+psycopg://{rest}",
            pool_size=2,  # a job uses one at a time; the server takes 50 in all
            max_overflow=connections - 2,
            pool_pre_ping=True,  # a server that was restarted meanwhile is no error
            json_serializer=_to_json,
            # The encoding too: psycopg would take it from the user's PGCLIENTENCODING.
            connect_args={"connect_timeout": 10, "application_name": "entente", "client_encoding": "utf8"},
        )
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "ENTENTE_DATABASE_URL cannot be read; it looks like postgresql://user@host:5432/name"
        ) from error


def _check_reachable(engine: Engine) -> None:
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise StoreError(f"The database {where} cannot be reached: {_first_line(error)}") from error


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
