"""Which words may be a claim's speaker."""

import pytest

from pipeline.extraction.claims import find_claims
from pipeline.extraction.layout import read_layout
from pipeline.extraction.voices import find_speaking, head_of, pair_speakers, read_rule_voices
from tests.pipeline.extraction.told import at, read_by_rules

FAR = "The mayor waits. Rain falls. Snow falls. The minister has warned that ships will rust."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Officials fear a storm.", ["Officials"]),
        ("According to a minister, the ship was sold.", ["minister", "ship"]),
        ("It was told by a sailor in a letter.", ["It", "sailor", "letter"]),
        ("In her view, that is wrong.", ["her"]),
        ("There is rust which spreads.", []),  # what never speaks
        ("She met the crew.", ["She"]),  # an object that is no name
        ("“It may never open,” warned a sailor.", ["It", "sailor"]),
        ("The crew met Norway.", ["crew", "Norway"]),  # a name in whatever place
    ],
)
def test_words_that_may_speak(nlp, text, words):
    doc = nlp(text)
    found = [doc[i].text for i, _ in find_speaking(doc)]
    assert [word for word in found if word != "view"] == words


def test_a_name_has_its_type(nlp):
    doc = nlp("Norway waits and officials wait.")
    assert [(doc[i].text, kind > 0) for i, kind in find_speaking(doc)] == [("Norway", True), ("officials", False)]


def asked(nlp, text, first, last):
    doc = read_by_rules(nlp, text)
    content = range(at(doc, first), at(doc, last) + 1)
    pairs = pair_speakers(read_layout(doc), find_speaking(doc), content, read_rule_voices(doc))
    return [(doc[pair.first].text, doc[pair.second].text, pair.rule) for pair in pairs]


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        # rule: 1 it is the speaker, 3 it speaks elsewhere; the claim's own words are not asked about
        ("The minister has warned that ships will rust.", "ships", "rust", [("rust", "minister", 1)]),
        ("The minister has warned that ships will rust. Trade grows.", "Trade", "grows", [("grows", "minister", 3)]),
        # two sentences back, and no further
        (FAR, "ships", "rust", [("rust", "Rain", 2), ("rust", "Snow", 2), ("rust", "minister", 1)]),
    ],
)
def test_what_is_asked(nlp, text, first, last, expected):
    found = asked(nlp, text, first, last)
    assert [each for each in found if each[1] != "ships"] == expected


def test_only_the_nearest_are_asked_about(nlp):
    names = ", ".join(["Norway", "Chile", "Kenya", "Japan", "Spain", "Italy", "Ghana", "Peru"] * 2)
    assert len(asked(nlp, f"{names} and others said that ships rust.", "ships", "rust")) == 12


def test_without_rules_nothing_is_known(nlp):
    assert read_rule_voices(nlp("Ships rust.")).say(0, 1) == 0


@pytest.mark.parametrize(("words", "head"), [(("ships", "will", "rust"), "rust"), (("rust",), "rust")])
def test_the_head_of_a_content(nlp, words, head):
    doc = nlp("The minister has warned that ships will rust.")
    find_claims(doc)
    assert doc[head_of(doc, [at(doc, word) for word in words])].text == head
