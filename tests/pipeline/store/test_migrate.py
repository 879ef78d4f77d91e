import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import event, text

from pipeline.enumerations import Status
from pipeline.errors import StoreError
from pipeline.jobs.link import link_register
from pipeline.store.actor_pages import load_actor
from pipeline.store.actors import load_entities
from pipeline.store.articles import load_article, load_articles
from pipeline.store.decisions import load_decisions
from pipeline.store.migrate import HEAD, migrate
from pipeline.store.quarantine import load_quarantine
from pipeline.store.records import load_claims, load_record, load_register
from pipeline.store.row_pages import load_row
from pipeline.store.runs import load_runs
from pipeline.store.search import search
from pipeline.store.search_rows import SearchQuery
from pipeline.store.store import make_engine, open_store
from pipeline.store.upgrade import make_config
from tests.soak.checks import find_faults

# Python 3.12 warns of forks beside other threads; these children only talk to the database, and end.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

# What each version saved, in its own words: a store of version 5 has lived through the files 1 to 5.
SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
VERSIONS = [path.stem for path in SCHEMAS]


def make_old(url: str, version: str) -> None:
    """Make an empty database one of an older version, with the data of all versions until then."""
    engine = make_engine(url)
    with engine.begin() as connection:
        for path in SCHEMAS[: VERSIONS.index(version) + 1]:
            command.upgrade(make_config(connection), path.stem)
            connection.exec_driver_sql(path.read_text("utf-8"))
    engine.dispose()


def find_version(url: str) -> str:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


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


def test_every_version_has_its_data():
    assert [f"{number:04}" for number in range(1, int(HEAD) + 1)] == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_older_version_saved_is_read_after_the_upgrade(empty, settings, version):
    make_old(empty, version)
    with open_store(settings) as store:
        (row,) = load_register(store)
        assert (row.label, row.status, row.observed) == ("Kestrel Treaty", Status.SIGNED, 2)
        assert {party.entity for party in row.parties} == {"Norland", "Sudland", "Westia"}
        assert [event.date for event in load_row(store, row.id).history] == ["2025-07-17", "2025-08-03"]
        assert {hit.kind.value for hit in search(store, SearchQuery(text="kestrel")).hits} == {"agreement", "article"}
        assert [hit.kind.value for hit in search(store, SearchQuery(text='"26 members"')).hits] == ["article", "claim"]
        assert len(load_claims(store)) == 2
        assert load_article(store, load_articles(store)[0].id).text.startswith("Norland and Westia ratified")
        assert [each.action for each in load_decisions(store)][:1] == ["note"]
        assert (len(load_runs(store)), len(load_quarantine(store))) == (1, 1)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_next_link_job_goes_on_where_an_older_version_was(empty, settings, version):
    make_old(empty, version)
    with open_store(settings) as store:
        (before,) = load_register(store)
        link_register(store)
        rows = {row.label: row for row in load_register(store)}
        assert set(rows) == {"Kestrel Treaty", *(["Linden Pact"] if version >= "0010" else [])}
        assert rows["Kestrel Treaty"].observed == 2
        assert load_record(store, before.id).id == rows["Kestrel Treaty"].id  # its id of then still leads there
        (norland,) = [each for each in load_entities(store) if each.canonical == "Norland"]
        assert norland.articles == len(load_actor(store, norland.id).record.named) == 2
        assert find_faults(store) == {}


def test_two_that_upgrade_at_once_take_turns(empty, settings):
    make_old(empty, "0007")
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(2), context.Queue()

    def open_one():
        barrier.wait()
        with open_store(settings) as store:
            answers.put([row.observed for row in load_register(store)])

    workers = [context.Process(target=open_one) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert [answers.get(timeout=60) for _ in workers] == [[2], [2]]
    for worker in workers:
        worker.join()


@pytest.mark.parametrize(
    "last", ["CREATE SEQUENCE search_number", "CREATE TABLE actor", "SET version_num='0012'", "UPDATE register_row SET"]
)
def test_an_upgrade_that_is_killed_leaves_the_old_version_whole(empty, settings, last):
    make_old(empty, "0007")

    def die():
        engine = make_engine(empty)

        @event.listens_for(engine, "after_cursor_execute")
        def kill(connection, cursor, statement, parameters, context, executemany):
            if last in statement:
                os.kill(os.getpid(), signal.SIGKILL)

        migrate(engine)

    worker = multiprocessing.get_context("fork").Process(target=die)
    worker.start()
    worker.join(60)
    assert worker.exitcode == -signal.SIGKILL
    assert find_version(empty) == "0007"
    with open_store(settings) as store:
        assert [row.observed for row in load_register(store)] == [2]
    assert find_version(empty) == HEAD
