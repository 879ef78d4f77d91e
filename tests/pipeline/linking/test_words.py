import pytest

from pipeline.linking.words import find_actor, find_rarity, find_words, fold_name, is_particular, load_places

SAME = {
    "order": ("Treaty of Arden", "Arden Treaty"),
    "a synonym": ("Arden Pact", "the Arden Treaty"),
    "a possessive": ("Arden's Plan", "Arden Plan"),
    "an actor": ("UK-French Arden Declaration", "British-France Arden declarations"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_names_are_the_same_however_they_are_written(one, other):
    assert fold_name(one) == fold_name(other) != ""


def test_actors_are_one_token_however_they_are_called():
    assert find_actor("UK") == find_actor("Great Britain") == "=united kingdom"
    assert find_actor("Ministry of Ardenian Affairs") == "=ministry of ardenian affairs"
    assert find_words("the French and German treaties") == ("=france", "=germany", "treaty")


def test_a_known_coalition_is_a_name_of_its_own_and_general_words_are_none():
    assert fold_name("NATO").startswith("#")
    assert [is_particular(word) for word in ("arden", "treaty", "2030", "=france")] == [True, False, False, False]
    assert find_rarity("ardenian") == 1 > find_rarity("treaty")
    assert find_words("Paris")[0] in load_places()


def test_no_text_has_no_words():
    assert find_words(None) == ()
    assert fold_name(None) == ""
