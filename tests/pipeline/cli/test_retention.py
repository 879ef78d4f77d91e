"""Keeping quotes only, on the command line."""

import json

import pytest

from pipeline.records import Article, Extraction, RawArticle, make_article_id
from pipeline.store.articles import load_article, save_article
from pipeline.store.raws import save_raw
from pipeline.store.store import now, open_store

TEXT = "Norland signed. It rained."


@pytest.fixture
def old(entente, settings, monkeypatch):
    """The command line on a store with one article of last year."""
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    raw = RawArticle(address="/1", media_type="text/plain", body=TEXT.encode(), fetched_at=now())
    article = Article(id=make_article_id("/1"), address="/1", text=TEXT)
    with open_store(settings) as store:
        extraction = Extraction(article_id=article.id, fingerprint="f")
        save_article(store, raw_id=save_raw(store, raw).raw_id, article=article, extraction=extraction, passages=())
        with store.begin() as connection:
            connection.exec_driver_sql("UPDATE raw_article SET fetched_at = fetched_at - interval '1 year'")
            connection.exec_driver_sql("UPDATE revision SET saved_at = saved_at - interval '1 year'")
    return entente


def test_everything_is_kept_unless_it_is_said(old, settings):
    assert old("retention").out == "Everything is kept: ENTENTE_KEEP_TEXT_DAYS is not set.\n"
    assert json.loads(old("retention", "--apply", "--json").out) == {
        "keep_text_days": None,
        "applied": True,
        "raws": 0,
        "texts": 0,
    }


def test_it_is_looked_at_before_it_is_done(old, settings, monkeypatch):
    monkeypatch.setenv("ENTENTE_KEEP_TEXT_DAYS", "90")
    said = old("retention")
    assert said.out == "Quotes only after 90 days. Older: 1 texts, 1 fetched pages.\n"
    assert "entente retention --apply" in said.err
    with open_store(settings) as store:
        assert load_article(store, make_article_id("/1")).text == TEXT
    assert old("retention", "--apply").out == "Quotes only after 90 days. Let go: 1 texts, 1 fetched pages.\n"
    with open_store(settings) as store:
        assert load_article(store, make_article_id("/1")).text == " " * len(TEXT)
    assert "Of 1 only quotes are left" in old("reextract").err
