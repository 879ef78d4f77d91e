"""Running the migrations; apart from :mod:`pipeline.store.migrate`, since importing Alembic costs a quarter second."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from pipeline.errors import StoreError
from pipeline.store.refresh import refresh_stale

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Run what migrations are missing, in the connection's transaction.

    Raises:
        StoreError: the server lacks pgvector, or the tables are of a newer version of Entente.
    """
    if not connection.execute(text("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")).scalar():
        raise StoreError(
            "The database server lacks pgvector: install that extension there, or unset ENTENTE_DATABASE_URL."
        )
    try:
        command.upgrade(make_config(connection), "head")
        refresh_stale(connection)  # rows of the register that an older version made
    except CommandError as error:
        raise StoreError(f"The database is not of this version of Entente ({error}); upgrade Entente.") from error


def make_config(connection: Connection) -> Config:
    """Alembic's configuration, without a file: our migrations, that connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
