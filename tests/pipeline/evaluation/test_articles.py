"""The bare articles: written from the gold, or compared with it."""

import json

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.articles import find_difference, is_first, to_article, write_article
from pipeline.settings import Settings

SETTINGS = Settings()


@pytest.fixture
def folder(arden, tmp_path):
    """A folder with the first article in it, built."""
    assert write_article(arden, tmp_path / "articles", settings=SETTINGS) == "written"
    return tmp_path / "articles"


@pytest.fixture
def old(arden):
    """The same as if it had been there before its gold."""
    return arden.model_copy(update={"slug": "001-arden-treaty"})


def test_the_road_gets_text_and_facts(arden):
    article = to_article(arden)
    assert (article.text, article.published, article.title) == (arden.text, "2025-03-13", arden.header.title)


def test_what_is_built_is_text_and_sidecar(arden, folder):
    assert (folder / "901-arden-treaty.txt").read_text("utf-8") == arden.text
    assert json.loads((folder / "901-arden-treaty.meta.json").read_text("utf-8")) == {
        "title": "Norland and Sudland sign at Arden",
        "published": "2025-03-13",
        "publisher": "Entente Wire",
        "authors": ["Corpus Desk"],
        "url": "https://corpus.entente.example/arden",
        "language": "en",
    }
    assert find_difference(arden, folder, settings=SETTINGS) is None


def test_building_twice_writes_once(arden, folder):
    assert write_article(arden, folder, settings=SETTINGS) == "same"


@pytest.mark.parametrize(
    ("name", "old_words", "new_words", "said"),
    [
        ("901-arden-treaty.txt", "never open", "not open", "line 3 of the text differs"),
        ("901-arden-treaty.txt", "should wait.\n", "should wait.\n\nMore.\n", "line 6"),
        ("901-arden-treaty.meta.json", "2025-03-13", "2025-03-14", "published is '2025-03-13' in the gold"),
    ],
)
def test_a_difference_is_named(arden, folder, name, old_words, new_words, said):
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old_words, new_words), encoding="utf-8")
    assert said in find_difference(arden, folder, settings=SETTINGS)


def test_an_article_that_is_missing(arden, tmp_path):
    assert "no article is there; run entente corpus build" in find_difference(arden, tmp_path, settings=SETTINGS)


def test_what_was_there_first_is_never_written(old, folder):
    assert is_first(old)
    with pytest.raises(InputError, match="no article is there"):
        write_article(old, folder, settings=SETTINGS)
    for path in folder.glob("901*"):
        path.rename(folder / path.name.replace("901", "001"))
    assert write_article(old, folder, settings=SETTINGS) == "same"
    (folder / "001-arden-treaty.txt").write_text("Something else.", encoding="utf-8")
    with pytest.raises(InputError, match="mend the gold"):
        write_article(old, folder, settings=SETTINGS)
    assert (folder / "001-arden-treaty.txt").read_text("utf-8") == "Something else."
