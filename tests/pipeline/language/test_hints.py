"""What the tagger is told of each token."""

import numpy as np
import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.language.hints import DIGITS, HINTS, LOWER, MIXED, NO_LETTER, TITLE, UPPER, read_hints, shape_of


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("may", LOWER),
        ("May", TITLE),
        ("A", TITLE),
        ("NATO", UPPER),
        ("U.S.", UPPER),
        ("eFP", MIXED),
        ("McDonald", MIXED),
        ("2025", DIGITS),
        ("F-35", DIGITS),
        ("–", NO_LETTER),
        ("🚀", NO_LETTER),
        ("", NO_LETTER),
        ("Łódź", TITLE),
        ("条約", MIXED),
    ],
)
def test_shapes(word, shape):
    assert shape_of(word) == shape


@pytest.fixture
def doc():
    """A sentence with a head for each word."""
    words = ["France", "signed", "the", "Arden", "Treaty", ",", "Ann", "Lee", "said"]
    heads, deps = [1, 8, 4, 4, 1, 8, 7, 8, 8], ["nsubj", "ccomp", "det", "compound", "dobj", "punct", "compound"]
    return Doc(Vocab(), words=words, heads=heads, deps=[*deps, "nsubj", "ROOT"])


def names(doc, token):
    return {HINTS[column] for column in np.flatnonzero(read_hints(doc)[token]) if not HINTS[column].startswith("shape")}


def test_one_shape_and_nothing_else_without_span_groups(doc):
    hints = read_hints(doc)
    assert hints.shape == (9, len(HINTS))
    assert hints.dtype == np.float32
    assert hints.sum(axis=1).tolist() == [1.0] * 9


@pytest.mark.parametrize(
    ("group", "start", "end", "label", "told"),
    [
        ("entities", 6, 8, "PERSON", {6: {"B:PERSON"}, 7: {"I:PERSON"}}),
        ("entities", 0, 1, "STATE", {0: {"B:STATE"}}),
        ("agreements", 2, 5, "treaty", {4: {"agreement:treaty"}}),  # its head, not its words
        ("acts", 1, 2, "signed", {1: {"act:signed"}}),
        ("claims", 0, 2, "prediction", {0: {"B:prediction"}, 1: {"I:prediction"}}),
        ("cues", 8, 9, "cue", {8: {"cue"}}),
        ("speakers", 6, 8, "speaker", {6: {"speaker"}, 7: {"speaker"}}),
    ],
)
def test_what_the_rules_found(doc, group, start, end, label, told):
    doc.spans[group] = [Span(doc, start, end, label=label)]
    assert {i: found for i in range(9) if (found := names(doc, i))} == told


def test_facts_about_one_token_stand_side_by_side(doc):
    doc.spans["entities"] = [Span(doc, 3, 5, label="DOCUMENT")]
    doc.spans["agreements"] = [Span(doc, 2, 5, label="treaty")]
    assert names(doc, 4) == {"I:DOCUMENT", "agreement:treaty"}


def test_an_empty_text_has_no_rows():
    assert read_hints(Doc(Vocab())).shape == (0, len(HINTS))


def test_columns_are_told_apart():
    assert len(set(HINTS)) == len(HINTS)
