"""Scores as lines for a table: precision, recall and F1 of one measure side by side."""

from collections.abc import Iterable

from pipeline.evaluation.measures import Score
from pipeline.records import Record


class Line(Record):
    """One line: a measure, its figures as they are shown, and the interval of the last of them."""

    layer: str
    measure: str
    precision: str = ""
    recall: str = ""
    score: str
    interval: str = ""


def list_lines(scores: Iterable[Score]) -> list[Line]:
    """One line for each measure that could be taken; a dash stands for a figure that could not."""
    held = {score.name: score for score in scores}
    lines = []
    for name, score in held.items():
        if name.endswith(("_precision", "_recall")) and _strip(name) + "_f1" in held:
            continue
        measure = _strip(name) if name.endswith("_f1") else name
        precision, recall = held.get(f"{measure}_precision"), held.get(f"{measure}_recall")
        is_triple = name.endswith("_f1")
        if score.value is not None:
            lines.append(
                Line(
                    layer=score.layer,
                    measure=measure.replace("_", " "),
                    precision=_show(precision) if is_triple else "",
                    recall=_show(recall) if is_triple else "",
                    score=_show(score),
                    interval=_show_interval(score),
                )
            )
    return lines


def _strip(name: str) -> str:
    return name.rpartition("_")[0]


def _show(score: Score | None) -> str:
    return "–" if score is None or score.value is None else f"{score.value:.3f}"


def _show_interval(score: Score) -> str:
    return "" if score.low is None or score.high is None else f"{score.low:.3f} … {score.high:.3f}"
