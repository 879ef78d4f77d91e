"""Numbers that are said of settled rows."""

import pytest

from pipeline.extraction.settled_figures import settle_figures
from pipeline.extraction.signals import read_signals
from tests.pipeline.extraction.told import at, read_by_rules, tell

TEXT = "In 2010 the Arden Treaty counted 26 ships. The pact of Bergen has forty patrols, costs €6bn and ends."


@pytest.mark.parametrize(
    ("bonds", "expected"),
    [
        ([], [{}, {}]),
        ([("26", "Treaty")], [{"ships": 26.0}, {}]),
        ([("26", "Treaty"), ("26", "pact")], [{"ships": 26.0}, {"ships": 26.0}]),  # said of both
        ([("forty", "pact")], [{}, {"patrol": 40.0}]),  # a unit that no list knows
        ([("6bn", "pact")], [{}, {"amount": 6e9}]),
        ([("2010", "Treaty")], [{}, {}]),  # a year is no figure, whatever is seen in it
        ([("Bergen", "pact")], [{}, {}]),  # nor is what is no number
    ],
)
def test_figures(nlp, monkeypatch, bonds, expected):
    told = tell(monkeypatch, read_by_rules(nlp, TEXT))
    rows = [
        {"roots": [at(told.doc, word)], "kind": "treaty", "acts": [], "figures": ["as the rules had them"]}
        for word in ("Treaty", "pact")
    ]
    for number, word in bonds:
        told.bond("figure", at(told.doc, number), at(told.doc, word))
    settle_figures(told.doc, rows, read_signals(told.write()))
    assert [{figure[0]: figure[1] for figure in row["figures"]} for row in rows] == expected
    for _, _, _, start, end in (figure for row in rows for figure in row["figures"]):
        assert told.doc.text[start:end].strip() == told.doc.text[start:end] != ""


def test_the_same_number_said_twice_is_one_figure(nlp, monkeypatch):
    told = tell(monkeypatch, read_by_rules(nlp, "The Arden Treaty counts 26 ships. It has 26 ships."))
    for again in (0, 1):
        told.bond("figure", at(told.doc, "26", again=again), at(told.doc, "Treaty"))
    rows = [{"roots": [at(told.doc, "Treaty")], "kind": "treaty", "acts": []}]
    settle_figures(told.doc, rows, read_signals(told.write()))
    assert [figure[:2] for figure in rows[0]["figures"]] == [["ships", 26.0]]


@pytest.mark.parametrize(
    ("text", "word", "values"),
    [
        ("Norway kept the pledge of two percent.", "pledge", [2.0]),
        ("Norway set up a fund of €2 billion for ten years.", "fund", [2e9]),  # a span of time may be another's
        ("Norway set up a fund of €40m.", "fund", [40e6]),  # two words to spaCy: "€40", "m"
        ("Norway has two funds.", "funds", []),
        ("The Storting approved the pact by 94 votes to 11.", "pact", [94.0, 11.0]),
        ("The Storting approved the pact with 1,094 against 11 votes.", "pact", [1094.0, 11.0]),
    ],
)
def test_what_is_read_off_without_the_tagger(nlp, monkeypatch, text, word, values):
    told = tell(monkeypatch, read_by_rules(nlp, text))
    approved = [["agreed", "done", "stated", token.i, []] for token in told.doc if token.text == "approved"]
    rows = [{"roots": [at(told.doc, word)], "kind": "treaty", "acts": approved}]
    settle_figures(told.doc, rows, read_signals(told.write()))
    assert [figure[1] for figure in rows[0]["figures"]] == values
    for _, _, _, start, end in rows[0]["figures"]:
        assert told.doc.text[start:end].strip() == told.doc.text[start:end] != ""
