import multiprocessing
import subprocess
import sys

import psycopg
import pytest
from sqlalchemy import event, text

from pipeline.errors import StoreError
from pipeline.store.migrate import HEAD, migrate
from pipeline.store.store import make_engine, open_store

# Python 3.12 warns of forks beside other threads; these children only talk to the database, and end.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture
def empty(database_url):
    """The URL of a database without tables."""
    with psycopg.connect(database_url) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return database_url


def test_an_empty_database_gets_its_tables_once(empty):
    engine = make_engine(empty)
    assert migrate(engine)
    assert not migrate(engine)
    engine.dispose()


def test_an_up_to_date_database_costs_one_query_and_no_import_of_alembic(database_url):
    code = f"""
import sys
from sqlalchemy import event
from pipeline.store.migrate import migrate
from pipeline.store.store import make_engine
engine = make_engine({database_url!r})
with engine.connect(): pass
said = []
event.listen(engine, "before_cursor_execute", lambda *call: said.append(call[2]))
assert not migrate(engine)
print(len(said), "alembic" in sys.modules)
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "1 False\n"


def test_processes_that_come_at_once_take_turns(empty, settings):
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(3), context.Queue()

    def open_one():
        barrier.wait()
        with open_store(settings) as store, store.begin() as connection:
            answers.put(connection.execute(text("SELECT count(*) FROM alembic_version")).scalar())

    workers = [context.Process(target=open_one) for _ in range(3)]
    for worker in workers:
        worker.start()
    assert [answers.get(timeout=60) for _ in workers] == [1, 1, 1]
    for worker in workers:
        worker.join()


def test_an_upgrade_that_fails_leaves_nothing(empty):
    engine = make_engine(empty)

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def spoil(connection, cursor, statement, parameters, context, executemany):
        return statement.replace("CREATE FUNCTION", "CREATE NONSENSE"), parameters

    with pytest.raises(StoreError, match="could not be brought up to date"):
        migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar() == 0
    engine.dispose()


def test_tables_of_a_newer_version_are_left_alone(database_url):
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    engine = make_engine(database_url)
    with pytest.raises(StoreError, match="upgrade Entente"):
        migrate(engine)
    engine.dispose()


def test_head_is_what_a_migrated_database_says(database_url):
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
