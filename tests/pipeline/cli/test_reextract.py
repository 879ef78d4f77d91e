"""On articles that an older version has read: how many there are is looked at, some are read anew."""

import json
from datetime import UTC, datetime

import pytest

from pipeline.records import Article, Extraction, RawArticle, make_article_id
from pipeline.store.articles import load_articles, save_article
from pipeline.store.raws import save_raw
from pipeline.store.store import open_store

pytestmark = pytest.mark.slow
TEXT = "On 12 September 2025 France and Germany signed the Harrowgate Treaty in Lisbon."


@pytest.fixture
def older(entente, settings, monkeypatch, tmp_path):
    """The command line on a store with two articles, as another version read them."""
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    with open_store(settings) as store:
        for number in range(2):
            address, text = f"/{number}.txt", f"{TEXT} It was article {number}."
            article = Article(id=make_article_id(address), address=address, text=text, publisher=f"Paper {number}")
            raw = RawArticle(address=address, media_type="text/plain", body=text.encode(), fetched_at=datetime.now(UTC))
            old = Extraction(article_id=article.id, fingerprint="old")
            save_article(store, raw_id=save_raw(store, raw).raw_id, article=article, extraction=old, passages=())
    return entente


def test_without_options_it_only_looks(older, settings):
    assert json.loads(older("reextract", "--json").out) == {"outdated": 2, "quotes_only": 0}
    said = older("reextract")
    assert ("version has read: 2." in said.out, "reextract --all" in said.err) == (True, True)
    with open_store(settings) as store:
        assert {row.fingerprint for row in load_articles(store)} == {"old"}


def test_some_then_the_rest(older):
    counts = json.loads(older("reextract", "--publisher", "paper 1", "--json").out)
    assert (counts["reread"], counts["failures"]) == (1, [])
    said = older("reextract", "--all", "--since", "2020-01-01")
    assert said.out.startswith("Articles: 1 read anew. Found 1 agreements")
    assert "Nothing was outdated." in older("reextract", "--all").out
    assert "Harrowgate Treaty" in older("register").out
    latest, before, *_ = json.loads(older("run", "list", "--json").out)
    assert latest["versions"]["pipeline"] == before["versions"]["pipeline"] != "old"
    assert [each["stage"] for each in before["timings"]] == ["read", "extract", "save", "link"]
    assert "agreement" in older("diff", before["id"]).out
    assert older("reextract", "--article", "ar-zz").code == 2
