"""The runbook: each of its failures is made, and the commands of its remedy are run in their order."""

import os
import re
import shlex
import signal
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from pipeline.cli.app import run_command
from pipeline.jobs.backup import make_backup
from pipeline.jobs.ingest import ingest_all
from pipeline.settings import Settings
from pipeline.sources.inputs import fetch_article
from pipeline.store.articles import load_articles
from pipeline.store.embedded import server_status, start_server, stop_server
from pipeline.store.quarantine import NewFailure, load_quarantine, save_failure
from pipeline.store.raws import load_pending, save_raw
from pipeline.store.records import load_register
from pipeline.store.runs import load_runs, start_run
from pipeline.store.sources import load_polled, save_source_failure
from pipeline.store.store import Store, open_store

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
RUNBOOK = (ROOT / "docs" / "RUNBOOK.md").read_text("utf-8")
REMEDIES = {
    int(number): [line.partition("#")[0].strip() for line in commands.splitlines()]
    for number, commands in re.findall(r"^## (\d+)\..*?^```sh\n(.*?)^```", RUNBOOK, re.MULTILINE | re.DOTALL)
}
CATALOG = '[[source]]\nname = "bulletin"\nkind = "folder"\npath = "articles"\nauthority = "press"\n'


@pytest.fixture
def at_hand(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A store and a catalogue with one folder of one article, for commands and for us."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bergen.txt").write_text("Norway and Iceland signed the Bergen Treaty on 12 March 2025.\n")
    (tmp_path / "sources.toml").write_text(CATALOG, "utf-8")
    for name in [name for name in os.environ if name.startswith(("ENTENTE_", "PREFECT_API_URL"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ENTENTE_HOME", str(settings.home))
    monkeypatch.setenv("ENTENTE_DATABASE_URL", str(settings.database_url))
    monkeypatch.setenv("ENTENTE_SOURCES", str(tmp_path / "sources.toml"))
    return settings.model_copy(update={"sources": tmp_path / "sources.toml"})


def remedy(number: int, backup: Path | None = None) -> list[int]:
    """Run the commands that stand under a failure; returns their exit codes."""
    lines = [line.replace("BACKUP", str(backup)) for line in REMEDIES[number]]
    return [run_command(shlex.split(line)[1:]) for line in lines]


def read(store: Store, settings: Settings) -> None:
    ingest_all(store, [], settings=settings, given={}, source="bulletin")


def test_ten_failures_have_a_remedy():
    assert list(REMEDIES) == list(range(1, 11))
    assert all(line.startswith("entente ") for lines in REMEDIES.values() for line in lines)


def test_1_a_run_was_killed(store, at_hand: Settings, tmp_path: Path):
    dead = start_run(store, "ingest", settings={"process": {"host": "far", "pid": 1}}, versions={})
    with store.begin() as connection:
        connection.execute(text("UPDATE run SET beat_at = beat_at - interval '1 day'"))
    save_raw(store, fetch_article(str(tmp_path / "articles/bergen.txt"), settings=at_hand, given={}))
    assert run_command(["status"]) == 1
    assert remedy(1) == [0, 0]
    assert {run.id: run.state for run in load_runs(store)}[dead] == "crashed"
    assert (len(load_articles(store)), load_pending(store)) == (1, [])
    assert run_command(["status"]) == 0


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><link>{0}</link><description>A</description>
<item><title>One</title><link>{0}/one.txt</link></item></channel></rss>"""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a site with a feed."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(FEED.format(f"http://127.0.0.1:{self.server.server_port}").encode())

        def log_message(self, *args: object):
            pass  # nothing on the terminal

    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_2_a_source_fails(store, at_hand: Settings, site: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ENTENTE_FETCH_ALLOW_PRIVATE", "true")
    moved = f'[[source]]\nname = "feed"\nkind = "feed"\nurl = "{site}/feed"\nauthority = "press"\n'  # mended by hand
    at_hand.sources.write_text(moved, "utf-8")
    for _ in range(3):
        save_source_failure(store, "feed", authority="press", reason="it has moved")
    assert load_polled(store)["feed"].next_try is not None
    assert run_command(["status"]) == 1
    assert remedy(2) == [0, 0]
    assert (load_polled(store)["feed"].failures, load_polled(store)["feed"].next_try) == (0, None)
    assert run_command(["status"]) == 0


def test_3_articles_stand_in_quarantine(store, at_hand: Settings, tmp_path: Path):
    address = str(tmp_path / "articles/bergen.txt")
    save_failure(store, NewFailure(address=address, stage="fetch", reason="the disk was away"))
    assert remedy(3) == [0, 0]
    assert (load_quarantine(store), len(load_articles(store))) == ([], 1)


@pytest.fixture
def own_server(at_hand: Settings, monkeypatch: pytest.MonkeyPatch):
    """An embedded server of this test's own."""
    monkeypatch.delenv("ENTENTE_DATABASE_URL")
    start_server(at_hand.home)
    yield at_hand.model_copy(update={"database_url": None})
    stop_server(at_hand.home)


def test_4_the_database_was_killed(own_server: Settings):
    with open_store(own_server) as store:
        read(store, own_server)
    pid = server_status(own_server.home).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert remedy(4) == [0, 0]
    with open_store(own_server) as store:
        assert len(load_articles(store)) == 1


def test_5_the_disk_is_full(store, at_hand: Settings, monkeypatch: pytest.MonkeyPatch):
    """PostgreSQL's answer to a full disk, given by a trigger."""
    body = "BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file: No space left on device'; END"
    with store.begin() as connection:
        connection.execute(text(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"))
        connection.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON article EXECUTE FUNCTION full_disk()"))
    read(store, at_hand)
    (row,) = load_quarantine(store)
    assert (row.stage, "No space left" in row.reason) == ("save", True)
    with store.begin() as connection:
        connection.execute(text("DROP TRIGGER full_disk ON article"))
    assert remedy(5) == [0, 0]
    assert (load_quarantine(store), len(load_articles(store))) == ([], 1)


def test_6_the_store_is_lost(store, at_hand: Settings, tmp_path: Path):
    read(store, at_hand)
    made = make_backup(tmp_path / "b.zip", settings=at_hand, check=False)
    (tmp_path / "articles" / "arica.txt").write_text("Peru and Chile signed the Arica Accord on 2 May 2025.\n")
    with store.begin() as connection:
        connection.execute(text("DROP TABLE register_row CASCADE"))
    assert remedy(6, made.path) == [0, 0, 0]
    assert {row.label for row in load_register(store)} == {"Bergen Treaty", "Arica Accord"}


def test_7_schedules_do_not_run(store, at_hand: Settings):
    assert remedy(7) == [0, 0]
    assert len(load_articles(store)) == 1


def test_8_a_model_is_not_the_pinned_one(store, at_hand: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ENTENTE_SPACY_MODEL", "no_such_model")
    assert run_command(["ingest", "--all"]) == 5
    assert load_articles(store) == []
    monkeypatch.delenv("ENTENTE_SPACY_MODEL")
    assert remedy(8) == [0, 0]
    assert len(load_articles(store)) == 1


def test_9_an_upgrade_found_less(store, at_hand: Settings):
    read(store, at_hand)
    (before,) = load_register(store)
    with store.begin() as connection:  # another version reads it, and finds nothing
        connection.execute(
            text("INSERT INTO extraction SELECT article_id, revision, 'newer', saved_at FROM extraction")
        )
        connection.execute(text("UPDATE article SET fingerprint = 'newer'"))
    assert run_command(["reextract", "--article", "ar-none"]) == 2
    assert remedy(9) == [0, 0]
    assert [row.id for row in load_register(store)] == [before.id]


def test_10_a_store_of_a_newer_version(store, at_hand: Settings, tmp_path: Path):
    read(store, at_hand)
    made = make_backup(tmp_path / "b.zip", settings=at_hand, check=False)
    with store.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert run_command(["register"]) == 4
    assert remedy(10, made.path) == [0, 0]
    assert run_command(["register"]) == 0
