"""Scores as a table."""

from pipeline.cli.scores import print_scores
from pipeline.evaluation.measures import Score


def test_a_line_for_each_measure(capsys):
    print_scores([Score(name="row_kind", layer="agreements", value=0.5, low=0.25, high=0.75)])
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["layer", "measure", "P", "R", "score", "95", "%"],
        ["agreements", "row", "kind", "0.500", "0.250", "…", "0.750"],
    ]
