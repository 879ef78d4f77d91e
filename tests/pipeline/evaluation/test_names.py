"""When two names mean the same."""

import pytest

from pipeline.evaluation.names import find_actor, find_words, fold_name, is_same_agreement, is_same_speaker


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Élysée Treaty’s", "elysee treaty"),
        ("  EU–NATO ", "eu nato"),
        (None, ""),
        ("", ""),
        ("N.A.T.O.", "n a t o"),
    ],
)
def test_a_name_as_it_is_compared(name, folded):
    assert fold_name(name) == folded


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("UK", "united kingdom"),
        ("Britain", "united kingdom"),
        ("Türkiye", "turkey"),
        ("EU", "european union"),
        ("the Pentagon", "us department of defense"),
        ("PL", "poland"),
        ("Norland", "norland"),
        (None, ""),
    ],
)
def test_an_actor_as_it_is_compared(name, actor):
    assert find_actor(name) == actor


def test_words_that_say_something():
    assert find_words("The New Treaty of the Coast") == {"treaty", "coast"}


@pytest.mark.parametrize(
    ("names", "found", "is_same"),
    [
        (["Arden Treaty"], "the Arden Treaty", True),
        (["Arden Treaty", "Coast Pact"], "Coast Pact", True),
        (["Arden Defence Treaty"], "Arden Treaty", True),
        (["Paris Agreement"], "Paris Declaration", False),
        (["Arden Treaty"], "Treaty", False),
        (["Arden Treaty"], None, False),
        (["Arden Treaty"], "", False),
        ([], "Arden Treaty", False),
    ],
)
def test_names_of_one_agreement(names, found, is_same):
    assert is_same_agreement(names, found) is is_same


@pytest.mark.parametrize(
    ("name", "found", "is_same"),
    [
        ("Mara Lind", "Lind", True),
        ("a harbour official", "harbour official in Arden", True),
        ("United Kingdom", "Britain", True),
        ("Mara Lind", "Jon Berg", False),
        ("Mara Lind", "the", False),
    ],
)
def test_names_of_one_speaker(name, found, is_same):
    assert is_same_speaker(name, found) is is_same
