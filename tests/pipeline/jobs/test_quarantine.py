"""What failed is tried again when it is due or when a person asks, from its kept bytes or by another fetch."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pipeline.errors import PassingError, ReadError
from pipeline.jobs import ingest as ingest_job
from pipeline.jobs.fetch import keep_failure, keep_source_failure
from pipeline.jobs.ingest import ingest_all
from pipeline.jobs.quarantine import RetryCounts, retry_due, retry_failures
from pipeline.records import RawArticle
from pipeline.settings import Settings
from pipeline.store import quarantine as quarantine_store
from pipeline.store.articles import load_articles
from pipeline.store.quarantine import load_failure, load_quarantine
from pipeline.store.raws import load_raw, save_raw
from pipeline.store.runs import load_runs
from pipeline.store.sources import load_source_states
from pipeline.store.store import Store

TEXT = "Norway and Iceland signed the Bergen Treaty on 12 March 2025. Oslo said it must hold.\n"


class Site(BaseHTTPRequestHandler):
    """Answers with what ``status`` says; busy at first."""

    status = 503
    feed = ""

    def do_GET(self) -> None:
        is_page = self.path == "/page.txt" and Site.status == 200
        is_feed = self.path == "/feed.xml" and bool(Site.feed)
        self.send_response(Site.status if self.path == "/page.txt" else 200 if is_feed else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(TEXT.encode() if is_page else Site.feed.encode() if is_feed else b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.status, Site.feed = 503, ""
    server = HTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page.txt"
    server.shutdown()
    server.server_close()


@pytest.fixture
def near(settings: Settings) -> Settings:
    return settings.model_copy(update={"fetch_allow_private": True, "fetch_timeout": 3.0})


def make_raw(address: str) -> RawArticle:
    """What the site answers with when it does."""
    return RawArticle(
        address=address, media_type="text/plain; charset=utf-8", body=TEXT.encode(), fetched_at=datetime.now(UTC)
    )


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Call as ``later(minutes=16)``: the store's clock goes that far ahead."""

    def go(**time: float) -> None:
        at = datetime.now(UTC) + timedelta(**time)
        monkeypatch.setattr(quarantine_store, "now", lambda: at)

    return go


def test_a_page_that_did_not_come_is_fetched_when_it_is_due(store: Store, near: Settings, site: str, later):
    ingest_all(store, [site], settings=near, given={"publisher": "The Gazette"})
    (row,) = load_quarantine(store)
    assert row.next_try is not None
    assert row.next_try - row.last_at == timedelta(minutes=15)
    assert retry_due(store, settings=near) == RetryCounts()
    later(minutes=16)
    busy = retry_due(store, settings=near)
    assert (busy.tried, busy.mended, len(busy.failures)) == (1, 0, 1)
    (row,) = load_quarantine(store)
    assert (row.times, row.next_try and row.next_try - row.last_at) == (2, timedelta(hours=1))
    Site.status = 200
    later(hours=2)
    counts = retry_due(store, settings=near)
    assert (counts.tried, counts.mended, counts.new) == (1, 1, 1)
    assert load_quarantine(store) == []
    (article,) = load_articles(store)
    assert article.publisher == "The Gazette"
    assert [run.kind for run in load_runs(store)].count("retry") == 2


def test_a_page_that_is_not_there_waits_for_a_person(store: Store, near: Settings, site: str, later):
    ingest_all(store, [site.replace("page", "gone")], settings=near, given={})
    assert [row.next_try for row in load_quarantine(store)] == [None]
    later(days=30)
    assert retry_due(store, settings=near).tried == 0


def test_kept_bytes_are_read_again_without_their_file(
    store: Store, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def out_of_luck(raw: RawArticle, *, max_text_bytes: int):  # a fault that no input is known to make
        raise RuntimeError("out of luck")

    with monkeypatch.context() as broken:
        broken.setattr(ingest_job, "read_article", out_of_luck)
        ingest_all(store, [str(folder)], settings=settings, given={})
    for file in folder.iterdir():
        file.unlink()
    failures = load_quarantine(store)
    assert [row.stage for row in failures] == ["read"] * 3
    one = retry_failures(store, [failures[0].id[:9]], settings=settings)
    assert (one.tried, one.mended, one.new) == (1, 1, 1)
    rest = retry_failures(store, None, settings=settings)
    assert (rest.tried, rest.mended, rest.new) == (2, 2, 2)
    assert load_quarantine(store) == []


def test_what_fails_again_stays_with_its_bytes(store: Store, settings: Settings, folder: Path):
    (folder / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1")
    ingest_all(store, [str(folder / "binary.txt")], settings=settings, given={})
    counts = retry_failures(store, None, settings=settings)
    assert (counts.tried, counts.mended) == (1, 0)
    (row,) = load_quarantine(store)
    assert row.times == 2
    assert (load_failure(store, row.id).raw or b"").startswith(b"\x89PNG")


def test_what_comes_but_cannot_be_read_is_another_failure(store: Store, settings: Settings, tmp_path: Path):
    path = tmp_path / "late.txt"
    ingest_all(store, [str(path)], settings=settings, given={})
    path.write_bytes(b"")
    counts = retry_failures(store, None, settings=settings)
    assert (counts.tried, counts.mended) == (1, 1)
    assert [row.stage for row in load_quarantine(store)] == ["read"]


def test_a_feed_that_failed_is_polled_and_never_read_as_an_article(
    store: Store, near: Settings, site: str, tmp_path: Path
):
    page, feed = site, site.replace("page.txt", "feed.xml")
    settings = near.model_copy(update={"sources": tmp_path / "sources.toml", "fetch_attempts": 1, "fetch_pace": 0.001})
    table = f'[[source]]\nname = "a"\nkind = "feed"\nurl = "{feed}"\nauthority = "press"\npace = 0.001\n'
    settings.sources.write_text(table, "utf-8")
    ingest_all(store, [], settings=settings, given={}, source="*")
    (row,) = load_quarantine(store)
    paused = load_source_states(store)["a"].next_try
    failing = retry_failures(store, [row.id], settings=settings)
    Site.feed = f"<rss version='2.0'><channel><item><link>{page}</link></item></channel></rss>"
    Site.status = 200
    mended = retry_failures(store, [row.id], settings=settings)

    assert (row.stage, row.next_try, paused is None) == ("source", None, False)
    assert (failing.tried, failing.mended, [each.stage for each in failing.failures]) == (1, 0, ["source"])
    assert (mended.tried, mended.mended, mended.new) == (1, 1, 1)
    assert [article.address for article in load_articles(store)] == [page]
    assert load_quarantine(store) == []


def test_a_feed_that_is_no_source_any_more_is_said_to_be_none(store: Store, settings: Settings, tmp_path: Path):
    keep_source_failure(store, ReadError("?", address="x"), address="https://a.example/feed", source="gone")
    (tmp_path / "sources.toml").write_text("", "utf-8")
    counts = retry_failures(store, None, settings=settings.model_copy(update={"sources": tmp_path / "sources.toml"}))

    assert (counts.tried, counts.mended) == (1, 0)
    assert "no source has this name" in counts.failures[0].reason


def test_a_page_of_a_source_stays_one_of_it(store: Store, near: Settings, site: str):
    keep_failure(store, PassingError("?", address="x"), given={}, address=site, source="a")
    Site.status = 200
    retry_failures(store, None, settings=near)

    assert load_raw(store, save_raw(store, make_raw(site)).raw_id).source == "a"
