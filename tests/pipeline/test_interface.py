"""The Python interface; the documentation's examples run in tests/test_docs.py."""

import sys

import pandas as pd
import pytest

import pipeline
from pipeline.errors import EntenteError, InputError

TEXT = "On 12 September 2025 France and Germany signed the Harrowgate Treaty in Lisbon. Officials in Paris said it would hold.\n"


@pytest.fixture
def filled_store(settings, tmp_path):
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    with pipeline.open_store(settings) as store:
        pipeline.ingest(store, tmp_path / "article.txt", published="2025-09-13", settings=settings)
        yield store


def test_text_files_and_articles_are_extracted_alike(settings, tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    article = pipeline.read(path, title="A treaty", published="2025-09-13", settings=settings)
    assert (article.title, article.published, article.text) == ("A treaty", "2025-09-13", TEXT)
    found = [pipeline.extract(each, published="2025-09-13", settings=settings) for each in (TEXT, path, article)]
    assert [[each.name for each in one.agreements] for one in found] == [["Harrowgate Treaty"]] * 3
    assert {each.fingerprint for each in found} == {found[0].fingerprint}


def test_lists_are_filtered_by_name(filled_store):
    (row,) = pipeline.register(filled_store, party="France", limit=5)
    assert row.name == "Harrowgate Treaty"
    assert pipeline.register(filled_store, party="Spain") == []
    assert len(pipeline.articles(filled_store)) == 1
    assert {each.canonical for each in pipeline.entities(filled_store, type="STATE")} >= {"France", "Germany"}
    assert pipeline.load(filled_store, row.id).id == row.id
    assert pipeline.claims(filled_store, text="hold")
    assert pipeline.search(filled_store, "Harrowgate").query.text == "Harrowgate"


def test_a_condition_that_there_is_not_is_named(filled_store):
    with pytest.raises(InputError, match=r"colour.*conditions are text, kind"):
        pipeline.register(filled_store, colour="red")


def test_a_list_is_a_data_frame(filled_store):
    frame = pipeline.frame(pipeline.register(filled_store))
    assert isinstance(frame, pd.DataFrame)
    assert list(frame["label"]) == ["Harrowgate Treaty"]
    assert "parties" in frame.columns
    agreements = pipeline.frame(pipeline.extract(TEXT).agreements)
    assert list(agreements["name"]) == ["Harrowgate Treaty"]
    assert pipeline.frame([]).empty


def test_without_pandas_it_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(EntenteError, match="pip install"):
        pipeline.frame([])
