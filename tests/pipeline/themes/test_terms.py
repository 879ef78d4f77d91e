"""Terms: the words and noun phrases that may stand in a label."""

import pytest

from pipeline.themes.terms import find_terms, find_weak_words, fold


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("the shadow fleet of tankers", ["shadow", "fleet", "shadow fleet", "tankers"]),
        ("a joint sea patrol", ["joint", "sea", "joint sea", "patrol", "sea patrol", "joint sea patrol"]),
        ("Ukraine's security", ["Ukraine", "security"]),  # nothing is joined across a possessive
        ("drones, mines", ["drones", "mines"]),
        ("in New Zealand", ["Zealand", "New Zealand"]),
        ("a new treaty", ["treaty"]),
        ("in the United Kingdom", ["Kingdom", "United Kingdom"]),
        ("the Coalition of the Willing", ["Coalition", "Willing", "Coalition of the Willing"]),
        ("they told us of the US fleet", ["US", "fleet", "US fleet"]),
        ("on Monday in March", []),
        ("", []),
    ],
)
def test_forms_in_order(text, forms):
    found = [term.form for term in find_terms(text)]
    # "Coalition of the Willing" is said once its last word is read.
    assert sorted(found) == sorted(forms)


@pytest.mark.parametrize("name", ["The Daily Star", "Daily Star", "www.Daily Star"])
def test_names_to_avoid_are_passed_over_whole(name):
    terms = [term.form for term in find_terms("He told The Daily Star of a star chart", avoid=[name])]
    assert terms == ["star", "chart", "star chart"]


def test_verbs_and_adjectives_are_weak_nouns_and_names_are_not():
    texts = [
        "They deploy a nuclear weapon to deter. Russia may deploy the nuclear weapon.",
        "We deploy nuclear forces; the weapon of Russia is feared, and Russia knows.",
    ]
    assert find_weak_words(texts) == {"deploy", "nuclear", "feared"}


def test_a_word_of_few_uses_is_given_the_benefit_of_the_doubt():
    assert find_weak_words(["to deploy", "to deploy"]) == frozenset()


@pytest.mark.parametrize(
    ("form", "key"),
    [("Treaties", "treaty"), ("sanctions", "sanction"), ("US", "us"), ("U.S.", "us"), ("losses", "loss"), ("crisis", "crisis"),
     ("Ships", "ship"), ("taxes", "tax"), ("gas", "gas")],
)  # fmt: skip
def test_singular_and_plural_have_one_key(form, key):
    assert fold(form) == key


def test_participles_and_rare_adverbs_are_weak_and_what_looks_like_one_is_not():
    weak = find_weak_words(
        ["Russia suspended the treaty properly. There is a need for speed and supply, a supply, some supply."]
    )
    assert {"suspended", "properly"} <= weak
    assert not {"need", "speed", "supply", "treaty"} & weak


def test_a_name_may_have_four_words_and_other_phrases_three():
    keys = {
        term.key
        for term in find_terms("They left the Black Sea Grain Initiative over new joint training mission plans.")
    }
    assert "black sea grain initiative" in keys
    assert "joint training mission" in keys
    assert "joint training mission plan" not in keys
