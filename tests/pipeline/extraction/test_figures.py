"""Numbers said of an agreement and dates by which something is due."""

import pytest

from pipeline.extraction.figures import find_due, find_figures, parse_number
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Twenty-six countries pledged.", [("members", 26.0, None)]),
        ("A 32-country coalition met.", [("members", 32.0, None)]),
        ("They spend 5 percent of GDP.", [("percent_of_gdp", 5.0, "percent")]),
        ("They spend 3.5% on it.", [("percent", 3.5, "percent")]),
        ("It costs €150 billion.", [("amount", 150e9, "EUR")]),
        ("It costs 2.5 million dollars.", [("amount", 2.5e6, "USD")]),
        ("It flies 500 kilometers.", [("kilometres", 500.0, None)]),
        ("It has 1,550 warheads.", [("warheads", 1550.0, None)]),
        ("It was signed in 2010.", []),
        ("He came first.", []),
    ],
)
def test_figures(nlp, text, figures):
    assert [(f.name, f.value, f.unit) for f in find_figures(annotate(nlp, text)[:])] == figures


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("It must be paid by 2030.", [("2030", "by 2030")]),
        ("It must be paid no later than 30 June 2026.", [("2026-06-30", "no later than 30 June 2026")]),
        ("It was written by Norway in 2020.", []),
    ],
)
def test_due(nlp, text, due):
    assert [(d.iso, d.text) for d in find_due(annotate(nlp, text)[:], published="2025-09-17")] == due


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("26", 26.0),
        ("1,500", 1500.0),
        ("2.5", 2.5),
        ("twenty-six", 26.0),
        ("two hundred", 200.0),
        ("several", None),
        ("", None),
    ],
)
def test_numbers(text, number):
    assert parse_number(text) == number
