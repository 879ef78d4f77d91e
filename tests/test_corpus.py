"""The corpus in the repository: no mistake in it, its articles are those of its gold, its data card tells how much there is."""

from pathlib import Path

import pytest

from pipeline.evaluation.card import read_counts
from pipeline.evaluation.check import check_files
from pipeline.evaluation.counts import count_corpus, render_counts
from pipeline.gold.read import find_gold, load_gold
from pipeline.settings import Settings

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module")
def paths():
    return find_gold(CORPUS / "gold")


def test_the_corpus_has_no_mistake(paths):
    found = check_files(paths, articles=CORPUS / "articles", settings=Settings())
    assert [
        f"{each.path.name}:{each.problem.line}: {each.problem.text}"
        for each in found.findings
        if not each.problem.is_note
    ] == []


def test_every_article_has_its_gold(paths):
    articles = {path.stem for path in (CORPUS / "articles").iterdir() if path.suffix in {".txt", ".md", ".html"}}
    assert articles == {path.stem for path in paths}


def test_the_data_card_tells_how_much_there_is(paths):
    """Write it anew with ``entente corpus stats --update corpus/README.md``."""
    assert read_counts(CORPUS / "README.md") == render_counts(count_corpus(load_gold(paths)))
