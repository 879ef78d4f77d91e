"""The sentence around some words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gold.sentences import find_sentence
from pipeline.records import Span

TEXT = "First one. “Is it?” he said. Then 5.5 per cent of it went!\n\nA heading\nAnd the U.S. one."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("one", "First one."),
        ("it", "“Is it?” he said."),
        ("per", "Then 5.5 per cent of it went!"),
        ("heading", "A heading"),
        ("U.S.", "And the U.S. one."),
        ("it?” he said. Then", "“Is it?” he said. Then 5.5 per cent of it went!"),
    ],
)
def test_the_sentence(words, sentence):
    start = TEXT.index(words)
    assert find_sentence(TEXT, Span(start=start, end=start + len(words), text=words)).text == sentence


@given(st.text(min_size=1), st.data())
def test_a_sentence_is_the_text_s_own_and_holds_the_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    if words.strip():
        found = find_sentence(text, Span(start=start, end=end, text=words))
        assert text[found.start : found.end] == found.text
        assert words.strip() in found.text
