"""Bringing a database to the tables this version of Entente needs: on first use, once, whoever comes first."""

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from pipeline.errors import StoreError

#: The newest migration. Written out, so that an up-to-date database needs one query and no import of Alembic.
HEAD = "0020"
# Any fixed number that no other program is likely to use: "entente" in ASCII.
_LOCK = 0x656E74656E7465


def migrate(engine: Engine) -> bool:
    """Make or upgrade the tables; returns whether anything had to be done.

    Two processes that come at once take turns by an advisory lock, and an upgrade is one transaction.

    Raises:
        StoreError: pgvector is missing, the tables may not be made, or they are of a newer version of Entente.
    """
    try:
        with engine.connect() as connection:
            if _find_version(connection) == HEAD:
                return False
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            return _upgrade(connection)
    except SQLAlchemyError as error:
        raise StoreError(f"The database could not be brought up to date: {str(error).splitlines()[0]}") from error


def _find_version(connection: Connection) -> str | None:
    try:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except ProgrammingError:  # there is no such table: an empty database
        connection.rollback()
        return None


def _upgrade(connection: Connection) -> bool:
    has_table = connection.execute(text("SELECT to_regclass('alembic_version') IS NOT NULL")).scalar()
    if has_table and _find_version(connection) == HEAD:
        return False  # somebody else was quicker
    from pipeline.store.upgrade import upgrade  # noqa: PLC0415 -- needed once in a database's life; it imports Alembic

    upgrade(connection)
    return True
