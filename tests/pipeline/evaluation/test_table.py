"""Scores as lines of a table."""

from pipeline.evaluation.measures import Score
from pipeline.evaluation.table import list_lines


def score(name, value, low=None, high=None):
    return Score(name=name, layer="agreements", value=value, low=low, high=high)


def test_precision_and_recall_stand_beside_f1():
    scores = [score("row_found_precision", 0.5), score("row_found_recall", None), score("row_found_f1", 0.25, 0.1, 0.4)]
    (line,) = list_lines(scores)
    assert (line.measure, line.precision, line.recall, line.score) == ("row found", "0.500", "–", "0.250")
    assert line.interval == "0.100 … 0.400"


def test_a_share_stands_alone_also_a_precision_without_f1():
    lines = list_lines([score("row_kind", 0.5), score("row_trusted_precision", 1.0)])
    assert [(line.measure, line.precision, line.score) for line in lines] == [
        ("row kind", "", "0.500"),
        ("row trusted precision", "", "1.000"),
    ]


def test_what_could_not_be_measured_is_left_out():
    assert list_lines([score("row_kind", None)]) == []
