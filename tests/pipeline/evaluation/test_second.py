"""The second marking."""

import shutil

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.scores import score_articles
from pipeline.evaluation.second import make_blank, pair_markings
from pipeline.gold.read import read_gold
from tests.pipeline.conftest import ARDEN, GOLD_FILES


@pytest.fixture
def second(tmp_path):
    (tmp_path / "second").mkdir()
    return tmp_path / "second"


def test_a_blank_has_the_text_and_no_answer(tmp_path, arden):
    path = tmp_path / ARDEN.name
    path.write_text(make_blank(ARDEN), "utf-8")
    reading = read_gold(path)
    assert reading.errors == ()
    assert reading.article.text == arden.text
    assert reading.article.header == arden.header
    assert reading.article.entities == reading.article.agreements == reading.article.claims == ()


def test_the_same_marking_agrees_wholly(second):
    shutil.copy(ARDEN, second)
    scores = {score.name: score.value for score in score_articles(pair_markings(GOLD_FILES, second=second))}
    assert scores["row_right_f1"] == scores["claim_found_f1"] == scores["entity_typed_f1"] == 1.0


def test_an_actor_may_bear_another_name(second):
    renamed = ARDEN.read_text("utf-8").replace('name = "Norland"', 'name = "Kingdom of Norland"')
    (second / ARDEN.name).write_text(renamed, "utf-8")
    scores = {score.name: score.value for score in score_articles(pair_markings(GOLD_FILES, second=second))}
    assert scores["party_f1"] == scores["row_right_f1"] == 1.0
    assert scores["entity_named_f1"] < 1.0


def test_another_actor_is_none(second):
    other = ARDEN.read_text("utf-8").replace('"e1 party"', '"e4 party"', 1)
    (second / ARDEN.name).write_text(other, "utf-8")
    scores = {score.name: score.value for score in score_articles(pair_markings(GOLD_FILES, second=second))}
    assert scores["row_right_f1"] < 1.0


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (None, ("", ""), "has no .gold file"),
        ("903-other.gold", ("", ""), "has no 903-other.gold"),
        (ARDEN.name, ("Mara", "Mary"), "have differing texts"),
        (ARDEN.name, ('"wire"', '"wires"'), "is not known"),
    ],
)
def test_what_does_not_fit(second, name, change, said):
    if name:
        (second / name).write_text(ARDEN.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(InputError) as error:
        pair_markings(GOLD_FILES, second=second)
    assert said in str(error.value)
