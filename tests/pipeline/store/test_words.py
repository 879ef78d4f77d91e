import pytest

from pipeline.store.words import split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Élysée's plan", ["elysee", "plan"]),
        ("Lancaster House 2.0", ["0", "2", "house", "lancaster"]),
        ("long-range, LONG", ["long", "range"]),
        ("% – !", []),
    ],
)
def test_words_are_compared_without_case_accents_and_signs(text, words):
    assert split_words(text) == words
