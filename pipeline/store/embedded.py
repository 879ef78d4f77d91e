"""The embedded PostgreSQL: one server for each data directory, started by whoever comes first."""

from pathlib import Path


def start_server(home: Path) -> str:
    """The URL of the running server of that data directory, started if need be (postgresql://…, for psql and psycopg)."""
    raise NotImplementedError


def stop_server(home: Path) -> bool:
    """Stop the server of that data directory; False where none was running."""
    raise NotImplementedError


def server_status(home: Path) -> "ServerStatus":
    """Whether the server is running, without starting it (is_running, pid, url, data, socket)."""
    raise NotImplementedError
