"""Figures and intervals from counts."""

from pathlib import Path

import pytest

from pipeline.enumerations import EntityType
from pipeline.evaluation.measures import MEASURES, score_counts


def find(documents, name, **options):
    return next(score for score in score_counts(documents, **options) if score.name == name)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        ({"row.paired": 1, "row.found": 2, "row.gold": 4}, 0.5, 0.25, 1 / 3),
        ({"row.found": 2, "row.gold": 4}, 0.0, 0.0, 0.0),
        ({"row.gold": 4}, None, 0.0, 0.0),
        ({}, None, None, None),
    ],
)
def test_precision_recall_and_f1(counts, precision, recall, f1):
    values = [find([counts], f"row_found_{part}").value for part in ("precision", "recall", "f1")]
    assert values == [each if each is None else pytest.approx(each) for each in (precision, recall, f1)]


def test_counts_are_added_before_they_are_divided():
    documents = [{"row.kind": 1, "row.paired": 1}, {"row.kind": 0, "row.paired": 3}]
    assert find(documents, "row_kind").value == 0.25


def test_one_article_has_no_interval():
    assert find([{"row.kind": 1, "row.paired": 2}], "row_kind").low is None


def test_like_articles_have_a_narrow_interval():
    same = [{"row.kind": 1, "row.paired": 2}] * 5
    unlike = [{"row.kind": n % 2, "row.paired": 1} for n in range(10)]
    assert (find(same, "row_kind").low, find(same, "row_kind").high) == (0.5, 0.5)
    wide = find(unlike, "row_kind")
    assert wide.low < 0.3
    assert wide.high > 0.7


def test_a_seed_decides_the_draws():
    documents = [{"row.kind": n % 3 == 0, "row.paired": 1} for n in range(12)]
    assert find(documents, "row_kind", seed=1) == find(documents, "row_kind", seed=1)
    assert find(documents, "row_kind", draws=0).low is None


def test_every_figure_has_one_name():
    names = [score.name for score in score_counts([{}])]
    assert len(names) == len(set(names)) > len(MEASURES)


def test_every_measure_is_described():
    text = (Path(__file__).parents[3] / "docs" / "evaluation.md").read_text("utf-8")
    types = {f"entity_{each.value}" for each in EntityType} - {"entity_PERSON"}
    assert [m.name for m in MEASURES if f"`{m.name}`" not in text and m.name not in types] == []
