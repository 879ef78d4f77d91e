"""What a PostgreSQL server that somebody has named can do."""

import psycopg

from pipeline.errors import StoreError


def check_extension(url: str, name: str, *, setting: str) -> None:
    """Refuse a server on which an extension is not installed: said now, and not by a program that dies of it.

    Args:
        url: of the server, ``postgresql://…`` or with a driver (``postgresql+asyncpg://…``).
        name: ``pg_trgm``.
        setting: which setting names the server.

    Raises:
        StoreError: it cannot be reached, or lacks the extension.
    """
    scheme, separator, rest = url.partition("://")
    try:
        with psycopg.connect(f"{scheme.partition('+')[0]}{separator}{rest}", connect_timeout=10) as connection:
            query = "SELECT 1 FROM pg_available_extensions WHERE name = %s"
            is_there = connection.execute(query, [name]).fetchone() is not None
    except psycopg.Error as error:
        # The message may repeat what it was given; the address may hold a password.
        raise StoreError(f"The server of {setting} cannot be reached ({type(error).__name__})") from error
    if not is_there:
        raise StoreError(
            f"The server of {setting} lacks {name}: install PostgreSQL's contrib there, or unset {setting}"
        )
