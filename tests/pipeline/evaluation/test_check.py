"""The whole check of some gold files."""

from pipeline.evaluation.articles import write_article
from pipeline.evaluation.check import check_files
from pipeline.settings import Settings
from tests.pipeline.conftest import GOLD_FILES

PATHS = sorted(GOLD_FILES.glob("*.gold"))


def test_files_by_themselves():
    found = check_files(PATHS, articles=None, settings=Settings())
    assert (found.files, found.mistakes, found.notes) == (2, 0, 1)


def test_a_corpus_and_its_articles(articles, tmp_path):
    write_article(articles[0], tmp_path, settings=Settings())
    found = check_files(PATHS, articles=tmp_path, settings=Settings())
    assert found.mistakes == 1
    assert [f.path.name for f in found.findings if not f.problem.is_note] == ["902-arden-suspended.gold"]
    assert "run entente corpus build" in found.findings[-1].problem.text
