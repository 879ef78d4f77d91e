"""Stored articles are read anew: only what is outdated, whole or not at all, and on from where a killed run was."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.jobs.extractor import find_fingerprint
from pipeline.jobs.reextract import find_stale, reextract_all
from pipeline.records import Article, Extraction, RawArticle, make_article_id
from pipeline.settings import Settings
from pipeline.store.articles import load_articles, save_article
from pipeline.store.raws import save_raw
from pipeline.store.records import load_extraction
from pipeline.store.reextractions import StoredFilter
from pipeline.store.register import load_register
from pipeline.store.runs import load_made, load_runs
from pipeline.store.store import Store

KILLED = """
import os, signal
from pipeline.jobs.reextract import reextract_all
from pipeline.settings import Settings
from pipeline.store.reextractions import StoredFilter
from pipeline.store.store import open_store

settings = Settings()
with open_store(settings) as store:
    reextract_all(store, StoredFilter(), settings=settings, batch=1,
                  on_article=lambda _: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.fixture
def outdated(store: Store, folder: Path) -> list[str]:
    """The articles of the folder as an older version read them, which found nothing."""
    return sorted(save_old(store, path) for path in folder.iterdir())


def save_old(store: Store, path: Path, text: str | None = None) -> str:
    body = path.read_bytes()
    article = Article(id=make_article_id(str(path)), address=str(path), text=text or body.decode())
    raw = RawArticle(address=str(path), media_type="text/plain", body=body, fetched_at=datetime.now(UTC))
    raw_id = save_raw(store, raw).raw_id
    extraction = Extraction(article_id=article.id, fingerprint="old")
    save_article(store, raw_id=raw_id, article=article, extraction=extraction, passages=())
    return article.id


def test_what_is_outdated_is_read_anew_and_linked(store: Store, settings: Settings, outdated: list[str]):
    done: list[str] = []
    counts = reextract_all(store, StoredFilter(), settings=settings, on_article=done.append)
    assert (counts.reread, counts.overtaken, counts.failures, done) == (3, 0, (), outdated)
    fingerprint = find_fingerprint(settings)
    assert {each.fingerprint for each in load_articles(store)} == {fingerprint}
    assert "Bergen Treaty" in {row.name for row in load_register(store)}
    (run,) = load_runs(store)
    assert (run.kind, run.counts["reread"], run.versions["pipeline"]) == ("reextract", 3, fingerprint)
    assert [each.old_fingerprint for each in load_made(store, run.id)] == ["old"] * 3
    assert reextract_all(store, StoredFilter(), settings=settings).reread == 0


def test_a_killed_run_goes_on_where_it_was(
    store: Store, settings: Settings, outdated: list[str], environment: dict[str, str]
):
    process = subprocess.Popen([sys.executable, "-c", KILLED], env=environment)
    assert process.wait(240) == -signal.SIGKILL
    assert find_stale(store, StoredFilter(), settings=settings) == outdated[1:]
    assert load_extraction(store, outdated[1]).fingerprint == "old"
    assert reextract_all(store, StoredFilter(), settings=settings).reread == 2


def test_only_one_article(store: Store, settings: Settings, outdated: list[str]):
    wanted = StoredFilter(article_ids=(outdated[1],))
    assert reextract_all(store, wanted, settings=settings).reread == 1
    assert find_stale(store, StoredFilter(), settings=settings) == [outdated[0], outdated[2]]


def test_from_the_kept_bytes_another_text_is_a_revision(store: Store, settings: Settings, folder: Path):
    save_old(store, folder / "mission.txt", "What an older reader made of it.")
    counts = reextract_all(store, StoredFilter(), settings=settings, from_raw=True)
    assert (counts.reread, counts.revisions) == (1, 1)
    (article,) = load_articles(store)
    assert article.revision == 2
    assert reextract_all(store, StoredFilter(), settings=settings, from_raw=True).reread == 0


def test_what_fails_keeps_what_it_has(
    store: Store, settings: Settings, outdated: list[str], monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise KeyError("broken")

    monkeypatch.setattr("pipeline.jobs.reextract.extract", fail)  # a fault of ours, which cannot be made otherwise
    counts = reextract_all(store, StoredFilter(), settings=settings)
    assert (counts.reread, len(counts.failures)) == (0, 3)
    assert {each.fingerprint for each in load_articles(store)} == {"old"}
    (run,) = load_runs(store)
    assert [(each.stage, each.reason) for each in run.failures] == [("extract", "KeyError: 'broken'")] * 3
