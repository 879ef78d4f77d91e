"""The reextract flow, tracked by a real Prefect server."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.reextract import reextract
from pipeline.records import Article, Extraction, RawArticle, make_article_id
from pipeline.settings import Settings
from pipeline.store.articles import load_articles, save_article
from pipeline.store.raws import save_raw
from pipeline.store.runs import load_runs
from pipeline.store.store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


def test_what_an_older_version_read_is_read_anew(settings: Settings, folder: Path):
    path = folder / "bergen.txt"
    article = Article(id=make_article_id(str(path)), address=str(path), text=path.read_text("utf-8"))
    raw = RawArticle(address=str(path), media_type="text/plain", body=path.read_bytes(), fetched_at=datetime.now(UTC))
    with open_store(settings) as store:
        raw_id = save_raw(store, raw).raw_id
        old = Extraction(article_id=article.id, fingerprint="old")
        save_article(store, raw_id=raw_id, article=article, extraction=old, passages=())
        counts = reextract(since="2020-01-01")
        assert (counts.reread, counts.failures) == (1, ())
        (found,) = load_articles(store)
        run = load_runs(store)[0]
    assert found.fingerprint == run.versions["pipeline"] != "old"
    assert (run.kind, run.state, run.counts["reread"]) == ("reextract", "completed", 1)
