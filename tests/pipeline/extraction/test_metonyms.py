"""Capitals: the government or the place, mention by mention."""

import pytest

from pipeline.extraction.metonyms import means_government
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("text", "seat", "is_government"),
    [
        ("Kyiv agreed to the plan.", "Kyiv", True),
        ("Kyiv's army is strong.", "Kyiv", True),
        ("He signed a deal with Moscow.", "Moscow", True),
        ("Officials urged Berlin to act.", "Berlin", True),
        ("Talks between Paris and London failed.", "London", True),
        ("They met in Paris.", "Paris", False),
        ("They flew to London.", "London", False),
        ("The headquarters are near Brussels.", "Brussels", False),
        ("The mayor of Paris spoke.", "Paris", False),
        ("The Paris summit ended.", "Paris", False),
    ],
)
def test_governments_and_places(nlp, text, seat, is_government):
    doc = annotate(nlp, text)
    start = text.index(seat)
    assert means_government(doc.char_span(start, start + len(seat))) is is_government


def test_a_list_of_thousands_of_seats_is_no_problem(nlp):
    doc = annotate(nlp, "He met " + ", ".join(["Paris"] * 2000) + ".")
    assert means_government(doc[-2:-1]) is False
