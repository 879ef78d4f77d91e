"""The figures of settled rows: which numbers are said of which row.

The tagger says it of most. Read off without it: what stands behind the noun in its own phrase ("a pledge of two percent", "the
scheme of €150bn"; a span of years is seldom the row's own), and by how many votes something was passed ("by 266 votes to 37").
"""

import re
from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc

from pipeline.enumerations import ActType
from pipeline.extraction.figures import FoundFigure, find_figures, read_figure
from pipeline.extraction.pairs import KINDS, Row, find_numbers, pair_figures
from pipeline.extraction.phrases import phrase_of
from pipeline.extraction.signals import Signals

_OWN = 0.4  #: from which probability on a number is said of a row; figures F1 over all .346 on dev, .331 with .5
_MOST = 20  #: numbers of a sentence
_SCALE = 2  #: words that may follow a number and belong to it
_SPANS = {
    "years",
    "months",
}  #: of those behind a noun 4 of 14 are figures of it on the train split; of all others 98 of 119
_VOTES = re.compile(r"\b(?:by|with) (?P<votes_for>\d[\d,]*)(?: votes)? (?:to|against) (?P<votes_against>\d+)\b")
_VOTED = {ActType.AGREED, ActType.RATIFIED, ActType.REJECTED, ActType.EXTENDED, ActType.SIGNED, ActType.WITHDREW}


def settle_figures(doc: Doc, rows: list[dict[str, Any]], signals: Signals) -> None:
    """Give each row (changed in place) the figures that are said of it; a number may be said of several."""
    kinds = [kind.value for kind in KINDS]
    places = [Row(tuple(row["roots"]), kinds.index(row["kind"])) for row in rows]
    found: list[dict[tuple[str, float], list[Any]]] = [{} for _ in rows]
    pairs = pair_figures(_few(doc), places)
    answers = signals.relate_groups("figure", [list(asked.values()) for asked in pairs.values()])
    for (token, asked), answer in zip(pairs.items(), answers, strict=True):
        owners = [number for number, each in zip(asked, answer, strict=True) if each >= _OWN]
        figure = read_figure(doc[token]) if owners else None
        if figure is not None:
            shown = [figure.name, figure.value, figure.unit, figure.start, figure.end]
            for number in owners:
                found[number].setdefault((figure.name, figure.value), shown)
    for row, figures in zip(rows, found, strict=True):
        for each in (*_in_phrase(doc, row), *_votes(doc, row)):
            if all(each.value != figure[1] for figure in figures.values()):
                figures[each.name, each.value] = [each.name, each.value, each.unit, each.start, each.end]
        row["figures"] = list(figures.values())


def _in_phrase(doc: Doc, row: dict[str, Any]) -> Iterator[FoundFigure]:
    """What stands behind the noun of a mention in its own phrase."""
    for root in row["roots"]:
        last = doc[max(phrase_of(doc[root])[-1].i, root)]
        # A little farther than the phrase goes: it may end within "€40m", which is two words to spaCy.
        for figure in find_figures(doc[root : min(last.i + 1 + _SCALE, last.sent.end)]):
            if figure.name not in _SPANS and figure.start < last.idx + len(last):
                yield figure


def _votes(doc: Doc, row: dict[str, Any]) -> Iterator[FoundFigure]:
    """By how many votes it was passed, in the sentence that says so: right in 8 of 8 cases on the train split."""
    voted = {doc[act[3]].sent for act in row["acts"] if ActType(act[0]) in _VOTED}
    for sentence in sorted(voted, key=lambda each: each.start):
        match = _VOTES.search(sentence.text)
        if match is None:
            continue
        for name, count in match.groupdict().items():
            start = sentence.start_char + match.start(name)
            yield FoundFigure(name, float(count.replace(",", "")), None, start, start + len(count))


def _few(doc: Doc) -> list[int]:
    """The numbers of a text, of each sentence the first few: a table of figures is said of no agreement."""
    found: dict[int, list[int]] = {}
    for token in find_numbers(doc):
        found.setdefault(doc[token].sent.start, []).append(token)
    return [token for tokens in found.values() for token in tokens[:_MOST]]
