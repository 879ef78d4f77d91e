"""The nearest word that could have been meant."""

import pytest

from pipeline.gold.problems import say_nearest


@pytest.mark.parametrize(
    ("word", "said"),
    [("treatty", '; is "treaty" meant?'), ("STAET", '; is "STATE" meant?'), ("xyz", "; known are treaty, STATE, lead")],
)
def test_the_nearest_word(word, said):
    assert say_nearest(word, ["treaty", "STATE", "lead"]) == said
