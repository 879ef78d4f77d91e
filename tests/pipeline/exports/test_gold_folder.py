import pytest

from pipeline.errors import InputError
from pipeline.exports.gold_folder import write_gold_folder
from pipeline.gold.read import find_gold, load_gold
from pipeline.store.standing import Standing


def test_only_what_the_checker_takes_stays_in_the_folder(annotated, tmp_path):
    status = Standing(record_id="ag-1", fields={"status": "signed"}, decision=3)
    right = annotated._replace(standing={**annotated.standing, "ag-1": status})
    folder = tmp_path / "new" / "gold"
    (written,) = write_gold_folder([right], folder)
    assert written.problems == ()
    (article,) = load_gold(find_gold(folder))
    assert [each.status for each in article.agreements] == ["signed"]
    (left,) = write_gold_folder([annotated], folder)  # the same article, with something undone
    assert "has no status" in left.problems[0]
    assert list(folder.iterdir()) == []


def test_what_the_checker_refuses_is_said(annotated, tmp_path):
    claim = Standing(record_id="cl-1", fields={"speaker": "AUTHOR", "type": "commitment_pledge"}, decision=3)
    row = Standing(record_id="ag-1", fields={"status": "signed"}, decision=4)
    (made,) = write_gold_folder([annotated._replace(standing={"cl-1": claim, "ag-1": row})], tmp_path)
    assert made.content is None
    assert any("of AUTHOR is no claim" in each for each in made.problems)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_is_said(annotated, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        list(write_gold_folder([annotated], tmp_path / "file"))
