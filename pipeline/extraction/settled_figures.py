"""The figures of settled rows: which numbers are said of which row."""

from typing import Any

from spacy.tokens import Doc

from pipeline.extraction.figures import read_figure
from pipeline.extraction.pairs import KINDS, Row, find_numbers, pair_figures
from pipeline.extraction.signals import Signals

_OWN = 0.4  #: from which probability on a number is said of a row; figures F1 over all .346 on dev, .331 with .5
_MOST = 20  #: numbers of a sentence


def settle_figures(doc: Doc, rows: list[dict[str, Any]], signals: Signals) -> None:
    """Give each row (changed in place) the figures that are said of it; a number may be said of several."""
    kinds = [kind.value for kind in KINDS]
    places = [Row(tuple(row["roots"]), kinds.index(row["kind"])) for row in rows]
    found: list[dict[tuple[str, float], list[Any]]] = [{} for _ in rows]
    for token, asked in pair_figures(_few(doc), places).items():
        sure = signals.relate("figure", list(asked.values()))
        owners = [number for number, each in zip(asked, sure, strict=True) if each >= _OWN]
        figure = read_figure(doc[token]) if owners else None
        if figure is not None:
            shown = [figure.name, figure.value, figure.unit, figure.start, figure.end]
            for number in owners:
                found[number].setdefault((figure.name, figure.value), shown)
    for row, figures in zip(rows, found, strict=True):
        row["figures"] = list(figures.values())


def _few(doc: Doc) -> list[int]:
    """The numbers of a text, of each sentence the first few: a table of figures is said of no agreement."""
    found: dict[int, list[int]] = {}
    for token in find_numbers(doc):
        found.setdefault(doc[token].sent.start, []).append(token)
    return [token for tokens in found.values() for token in tokens[:_MOST]]
