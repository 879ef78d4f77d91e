"""Numbers said of an agreement."""

import pytest

from pipeline.extraction.figures import find_figures, parse_number, read_figure
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
    ("text", "word", "value"),
    [
        ("They sent forty patrols.", "forty", 40.0),
        ("It costs another billion.", "billion", 1e9),
        ("Thirteen hundred tonnes went out.", "Thirteen", 1300.0),
        ("Thirteen hundred tonnes went out.", "hundred", None),  # is said by the word before it
        ("It has grown to two dozen.", "two", 24.0),
        ("It was signed in 2010.", "2010", None),
        ("It was signed by thirty-four of them.", "thirty", 34.0),
        ("It was signed by thirty-four of them.", "four", 34.0),
        ("It is observed by four fifths of them.", "four", None),
        ("Two-thirds of the Senate must agree.", "Two", None),
        ("It sent four fifth columns.", "four", 4.0),
        ("Greece came in as the thirteenth state.", "thirteenth", 13.0),
        ("Finland becomes its 31st member.", "31st", 31.0),
        ("India became the thirty-fifth member of it.", "thirty", 35.0),
        ("India became the thirty-first member of it.", "first", 31.0),
        ("It was the second member to leave.", "second", None),
        ("It was the fifth meeting of the members.", "fifth", None),
    ],
)
def test_the_figure_of_a_number(nlp, text, word, value):
    doc = annotate(nlp, text)
    found = read_figure(next(token for token in doc if token.text == word))
    assert (found.value if found else None) == value


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
