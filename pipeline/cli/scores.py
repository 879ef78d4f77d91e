"""Scores as a table on the terminal."""

from collections.abc import Sequence
from typing import Any

from pipeline.cli.print import Column, print_table

_COLUMNS = [
    Column("layer"),
    Column("measure", wraps=True),
    *(Column(name, justify="right") for name in ("P", "R", "score")),
    Column("95 %"),
]


def print_scores(scores: Sequence[Any]) -> None:
    """Precision, recall, score and interval of each measure (:class:`pipeline.evaluation.measures.Score`)."""
    from pipeline.evaluation.table import list_lines

    lines = list_lines(scores)
    print_table(_COLUMNS, [[x.layer, x.measure, x.precision, x.recall, x.score, x.interval] for x in lines])
