from pipeline.linking.keys import find_keys
from tests.pipeline.linking.sightings import feature


def test_what_is_called_alike_shares_a_key_and_what_is_not_does_not():
    one = set(find_keys(feature("a/1", "Treaty of Arden", aliases=("AT",))))
    assert one & set(find_keys(feature("b/1", "Arden Treaty")))
    assert one & set(find_keys(feature("b/1", "AT")))
    assert not one & set(find_keys(feature("b/1", "a fund for mines")))


def test_the_unnamed_are_found_by_two_words_or_a_word_with_an_actor():
    one = set(find_keys(feature("a/1", "oversight group on submarines", "France", "Norway")))
    assert one & set(find_keys(feature("b/1", "submarines group", "Norway")))


def test_keys_are_few():
    words = " ".join(f"{letter}arden{letter}" for letter in "abcdefghijklmnop")
    assert len(find_keys(feature("a/1", words, *["France", "Norway", "Japan", "Italy"]))) <= 30
