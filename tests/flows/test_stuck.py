"""A Prefect server that answers and can do nothing: its SQLite is locked."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.cli.prefect_server import can_write, is_answering

pytestmark = pytest.mark.slow


def test_a_locked_server_answers_and_cannot_write(prefect_server: dict[str, str]):
    url = prefect_server["PREFECT_API_URL"]
    assert (is_answering(url), can_write(url), can_write(url)) == (True, True, True)  # made, then written again
    database = Path(prefect_server["PREFECT_HOME"]) / "prefect.db"
    with closing(sqlite3.connect(database, timeout=60, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert (is_answering(url), can_write(url)) == (True, False)
        other.execute("ROLLBACK")
    assert can_write(url)
