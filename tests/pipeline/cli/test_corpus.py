"""``entente corpus``: check, build, stats, standoff."""

import json
import shutil
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[1] / "gold" / "files"


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A project folder with two gold files and nothing else; the command line is in it."""
    shutil.copytree(GOLD, tmp_path / "corpus" / "gold")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "corpus"


def test_what_is_right_is_said_on_one_line(entente, corpus):
    said = entente("corpus", "check", corpus / "gold" / "902-arden-suspended.gold")
    assert (said.code, said.out, said.err) == (0, "", "1 file(s), 0 mistake(s), 0 note(s)\n")


def test_mistakes_are_lines_with_file_and_number(entente, corpus):
    path = Path("corpus/gold/901-arden-treaty.gold")
    path.write_text(path.read_text("utf-8").replace('"wire"', '"wires"').replace("{x1 signed}", "signed"), "utf-8")
    said = entente("corpus", "check", path)
    assert said.code == 2
    lines = said.out.splitlines()
    assert lines[0].startswith('corpus/gold/901-arden-treaty.gold:7: head: style = "wires" is not known')
    assert lines[1].startswith("corpus/gold/901-arden-treaty.gold:15: note: ")
    assert lines[2].startswith("corpus/gold/901-arden-treaty.gold:28: x1 (act) is nowhere marked")
    assert "note:" not in entente("corpus", "check", "--quiet", path).out


def test_the_whole_corpus_is_checked_with_its_articles(entente, corpus):
    assert "run entente corpus build" in entente("corpus", "check").out
    built = entente("corpus", "build")
    assert (built.code, built.err) == (0, "2 article(s) written to corpus/articles\n")
    assert entente("corpus", "check").code == 0
    assert entente("corpus", "build").err.startswith("0 article(s)")


def test_articles_that_were_there_first_are_not_written(entente, corpus):
    old = corpus / "gold" / "901-arden-treaty.gold"
    old.rename(old.with_name("001-arden-treaty.gold"))
    said = entente("corpus", "build")
    assert said.code == 2
    assert "001-arden-treaty: no article is there" in said.err
    assert not list((corpus / "articles").glob("001*"))


def test_counts(entente, corpus):
    assert "articles" in entente("corpus", "stats").out
    rows = json.loads(entente("corpus", "stats", "--json").out)
    assert rows[0] == {"what": "articles", "train": 2, "dev": 0, "test": 0, "all": 2}
    card = corpus / "README.md"
    card.write_text("<!-- counts: written by `entente corpus stats --update` -->\n<!-- end of counts -->\n", "utf-8")
    entente("corpus", "stats", "--update", card)
    assert "| articles | 2 | 0 | 0 | 2 |" in card.read_text("utf-8")


def test_gold_of_real_articles_loses_its_words(entente, corpus, tmp_path):
    path = corpus / "gold" / "902-arden-suspended.gold"
    path.write_text(path.read_text("utf-8").replace('topic = "arden"', 'topic = "arden"\nsource = "a.txt"'), "utf-8")
    entente("corpus", "build", path)
    shutil.copy(corpus / "articles" / "902-arden-suspended.txt", tmp_path / "a.txt")
    said = entente("corpus", "standoff", path, "--real", tmp_path)
    assert (said.code, said.err) == (0, "1 file(s) written to corpus/real\n")
    assert "rust" not in (corpus / "real" / "902-arden-suspended.json").read_text("utf-8")


def test_a_second_marking_is_compared_with_the_first(entente, corpus):
    paths = sorted((corpus / "gold").iterdir())
    assert entente("corpus", "blank", *paths).code == 0
    kept = entente("corpus", "blank", paths[0])
    assert "is there already and is kept" in kept.err
    shutil.copy(paths[0], corpus / "second")
    said = entente("corpus", "compare")
    assert said.code == 0
    assert "2 article(s) marked twice" in said.err
    found = json.loads(entente("corpus", "compare", "--json").out)
    (score,) = [each for each in found["scores"] if each["name"] == "row_right_recall"]
    assert score["value"] == 0.5


def test_no_corpus(entente, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "has no .gold file" in entente("corpus", "check").err
