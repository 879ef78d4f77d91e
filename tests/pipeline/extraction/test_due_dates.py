"""Dates by which something is due."""

import pytest

from tests.pipeline.extraction.agreement_tables import find_rows


def due(nlp, text, **options):
    return [[(each.date, each.date_text) for each in row.due] for row in find_rows(nlp, text, **options)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Norway and Chile must carry out the Arden Treaty by 2030.", [("2030", "2030")]),
        ("Norway and Chile have until 30 June 2026 to ratify the Arden Treaty.", [("2026-06-30", "30 June 2026")]),
        ("The Arden Treaty runs until 2042.", [("2042", "2042")]),
        ("Norway and Chile will sign the Arden Treaty in May.", [("2026-05", "in May")]),
        ("Norway and Chile will sign the Arden Treaty by the end of the year.", [("2025", "by the end of the year")]),
        # counter-examples: gone by, told of in passing, no limit
        ("Norway had to carry out the Arden Treaty by 2020.", []),
        ("Norway signed the Arden Treaty, and a summit is held in 2027.", []),
        ("Norway and Chile signed the Arden Treaty.", []),
    ],
)
def test_due(nlp, text, dates):
    assert due(nlp, text) == [dates]


def test_of_two_rows_it_is_that_of_the_nearer(nlp):
    text = "Norway and Chile signed the Arden Treaty, while the Harrowgate Treaty runs until 2042."
    assert due(nlp, text) == [[], [("2042", "2042")]]


def test_without_the_article_s_date_nothing_lies_ahead(nlp):
    assert due(nlp, "The Arden Treaty runs until 2042.", published=None) == [[]]
