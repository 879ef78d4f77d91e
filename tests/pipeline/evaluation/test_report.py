"""The report for people."""

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.extractions import Trial
from pipeline.evaluation.report import write_report
from pipeline.evaluation.scores import Scored, score_articles
from pipeline.records import Extraction


@pytest.fixture
def trial(arden):
    odd = arden.model_copy(update={"header": arden.header.model_copy(update={"title": "Fish & <b>chips</b>"})})
    return Trial((Scored(odd, Extraction(article_id="ar-x", fingerprint="x")),), "f" * 16, "0" * 64)


def test_the_page_has_scores_and_sentences(trial, tmp_path):
    path = write_report(tmp_path / "deep" / "er", trial, score_articles(trial.articles), split="dev")
    page = path.read_text("utf-8")
    assert "<td>row found</td>" in page
    assert "signed <mark>the Arden Treaty</mark> on Wednesday." in page
    assert "Fish &amp; &lt;b&gt;chips&lt;/b&gt;" in page
    assert "<script" not in page
    assert "http" not in page.replace('lang="en"', "")


def test_nobody_reads_the_test_split(trial, tmp_path):
    with pytest.raises(InputError, match="read by the scorer alone"):
        write_report(tmp_path, trial, [], split="test")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(trial, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_report(tmp_path / "file", trial, [], split="dev")
