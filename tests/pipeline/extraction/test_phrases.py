"""The words that belong to a noun."""

import pytest

from pipeline.extraction.phrases import MAX_PHRASE, phrase_of
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("text", "noun", "phrase"),
    [
        ("He wants a permanent headquarters in Paris.", "headquarters", "a permanent headquarters in Paris"),
        ("The treaty, which failed, is old.", "treaty", "The treaty"),
        ("The treaty signed in May is old.", "treaty", "The treaty"),
        ("He wants a treaty and a fund.", "treaty", "a treaty"),
    ],
)
def test_phrases(nlp, text, noun, phrase):
    token = next(token for token in annotate(nlp, text) if token.text == noun)
    assert " ".join(t.text for t in phrase_of(token)) == phrase


@pytest.mark.parametrize("unit", ["of the coalition ", "and the fund ", "which the pact that ", "( "])
def test_no_parse_is_too_deep_or_too_long(nlp, unit):
    doc = annotate(nlp, "The treaty " + unit * 1500 + "ended.")
    for token in (doc[1], doc[len(doc) // 2], doc[len(doc) - 2]):
        phrase = phrase_of(token)
        assert len(phrase) <= MAX_PHRASE
        assert token in phrase
