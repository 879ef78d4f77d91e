"""A copy of the whole store in one file, and a store from such a file, by PostgreSQL's own programs.

The copy is of one moment, whoever writes meanwhile: what is counted and what is dumped are one snapshot. It comes back in one
transaction, which ends only where every table has the rows that it had.
"""

import subprocess
from collections.abc import Iterable
from threading import Thread
from typing import IO

import psycopg
from psycopg import sql

from pipeline.errors import StoreError
from pipeline.store.migrate import HEAD
from pipeline.store.programs import close_pipe, run_program
from pipeline.store.rows import Row

# Bytes that are passed on at once.
_CHUNK = 1 << 20
# Seconds to wait for those who use the store, before saying so.
_PATIENCE = 20


class TableSum(Row):
    """What makes two copies of a table comparable, whatever order their rows have."""

    rows: int
    digest: str  #: the sum of a 64-bit hash of each row


class Snapshot(Row):
    """What was in a store at the moment of its backup."""

    schema_version: str  #: of the tables
    server: str  #: the version of PostgreSQL it was dumped from
    tables: dict[str, TableSum]


def dump_store(url: str, out: IO[bytes]) -> Snapshot:
    """Write everything in a database to a file (PostgreSQL's custom format), and say what it is.

    Raises:
        StoreError: it cannot be read; its server is newer than ours.
    """
    url = _plain(url)
    with _connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        name = _one(connection, "SELECT pg_export_snapshot()")
        argv = [
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={name}",
            "--compress=gzip:1",
        ]
        with run_program(argv, url, stdout=subprocess.PIPE) as program:
            assert program.stdout is not None
            _pour(program.stdout, out)
        return measure(connection)


def measure(connection: "psycopg.Connection[tuple[object, ...]]") -> Snapshot:
    """Count and hash every table of a database, as the connection's transaction sees it."""
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    tables = {}
    for (name,) in found:
        rows, _, digest = _one(connection, _select_sum(str(name))).partition(" ")
        tables[str(name)] = TableSum(rows=int(rows), digest=digest)
    version = _one(connection, "SELECT version_num FROM public.alembic_version")
    return Snapshot(schema_version=version, server=_one(connection, "SHOW server_version"), tables=tables)


def restore_store(url: str, dump: Iterable[bytes], snapshot: Snapshot) -> None:
    """Put a dump in the place of whatever is in a database; wholly, or nothing is changed.

    Args:
        url: of the database.
        dump: the bytes that :func:`dump_store` wrote; what is wrong with them is raised while they are read.
        snapshot: what it returned: it is compared with what came in.

    Raises:
        StoreError: the dump is of a newer version, is damaged, or others are using the store.
    """
    check_version(snapshot)
    with (
        run_program(
            ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"], _plain(url), stdin=subprocess.PIPE
        ) as target,
        run_program(["pg_restore", "--file=-", "--no-owner", "--no-privileges"], None, both=True) as source,
    ):
        assert target.stdin is not None
        assert source.stdin is not None
        assert source.stdout is not None
        feeder = _Feeder(dump, source.stdin)
        feeder.start()
        _write(target.stdin, _BEFORE.encode())
        _pour(source.stdout, target.stdin)
        feeder.finish()
        if source.wait() == 0:  # else psql meets the end of its input before COMMIT
            _write(target.stdin, _make_check(snapshot).encode())
        target.stdin.close()


def check_version(snapshot: Snapshot) -> None:
    """Refuse what a newer version of Entente has saved.

    Raises:
        StoreError: it has.
    """
    if snapshot.schema_version > HEAD:
        raise StoreError(
            f"The backup is of a newer version of Entente (tables {snapshot.schema_version}; this one knows {HEAD}); "
            "upgrade Entente first."
        )


def is_empty(url: str) -> bool:
    """Whether there is no article and no decision in a database."""
    with _connect(_plain(url)) as connection:
        if _one(connection, "SELECT to_regclass('public.article') IS NULL") == "True":
            return True
        query = "SELECT NOT EXISTS (SELECT FROM public.article) AND NOT EXISTS (SELECT FROM public.decision)"
        return _one(connection, query) == "True"


# Text does not depend on the server's habits, or digests would.
_PLAIN = """
SET client_min_messages = warning;
SET timezone = 'UTC';
SET datestyle = 'ISO';
SET bytea_output = 'hex';
SET extra_float_digits = 1;
"""

_BEFORE = f"""
BEGIN;
SET lock_timeout = '{_PATIENCE}s';
{_PLAIN}
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
"""


def _make_check(snapshot: Snapshot) -> str:
    """The end of the transaction: it fails where a table has other rows than it had."""
    test = sql.SQL("IF ({found}) IS DISTINCT FROM {expected} THEN RAISE EXCEPTION {said}; END IF;\n")
    tests = [
        test.format(
            found=_select_sum(name),
            expected=sql.Literal(f"{expected.rows} {expected.digest}"),
            said=sql.Literal(f"the table {name} is not as it was"),
        ).as_string(None)
        for name, expected in snapshot.tables.items()
    ]
    return "DO {};\nCOMMIT;\n".format(sql.Literal(f"BEGIN {''.join(tests)} END").as_string(None))


def _select_sum(table: str) -> sql.Composed:
    """How many rows there are, and the sum of their hashes: "3 -4711"."""
    query = (
        "SELECT count(*) || ' ' || coalesce(sum(pg_catalog.hashtextextended(each::text, 0)::numeric), 0)"
        " FROM public.{} AS each"
    )
    return sql.SQL(query).format(sql.Identifier(table))


class _Feeder(Thread):
    """Hands the dump to pg_restore while its output is read; an error of the dump's reader is raised in the end."""

    def __init__(self, dump: Iterable[bytes], pipe: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._dump, self._pipe = dump, pipe
        self._error: StoreError | None = None

    def run(self) -> None:
        try:
            for chunk in self._dump:
                _write(self._pipe, chunk)
        except StoreError as error:
            self._error = error
        finally:
            close_pipe(self._pipe)

    def finish(self) -> None:
        self.join()
        if self._error is not None:
            raise self._error


def _plain(url: str) -> str:
    """The URL as libpq takes it: ``postgresql+psycopg://`` is SQLAlchemy's."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme.partition('+')[0]}{separator}{rest}"


def _connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    try:
        connection = psycopg.connect(url, connect_timeout=10, client_encoding="utf8")
    except psycopg.OperationalError as error:
        raise StoreError(f"The database cannot be reached: {str(error).splitlines()[0]}") from error
    connection.execute(_PLAIN.encode())
    connection.commit()
    return connection


def _one(connection: "psycopg.Connection[tuple[object, ...]]", query: str | sql.Composed) -> str:
    row = connection.execute(query.encode() if isinstance(query, str) else query).fetchone()
    return str(row[0]) if row else ""


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    while chunk := source.read(_CHUNK):
        _write(target, chunk)


def _write(pipe: IO[bytes], chunk: bytes) -> None:
    """What a program does not read any more is its own to explain: it ends with an error."""
    try:
        pipe.write(chunk)
    except BrokenPipeError:
        return
