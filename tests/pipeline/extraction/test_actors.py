"""Who stands where: joined names, offices, pairs and pronouns."""

import pytest

from pipeline.extraction.actors import find_actors, is_pair, subject_of, with_conjuncts
from pipeline.language.model import annotate


@pytest.mark.parametrize(
    ("text", "verb", "names"),
    [
        ("Norway, Chile and Japan signed it.", "signed", ["Norway", "Chile", "Japan"]),
        ("The presidents of Norway and Chile signed it.", "signed", ["Norway", "Chile"]),
        ("Norway's defence minister signed it.", "signed", ["Norway"]),
        ("The Norwegian government signed it.", "signed", ["Norway"]),
        ("Kyiv signed it.", "signed", ["Ukraine"]),
        ("Norway met Chile. Both countries signed it.", "signed", ["Norway", "Chile"]),
        ("The Amber Coalition met. The coalition signed it.", "signed", ["Amber Coalition"]),
        # counter-examples: a firm's people, a soldier, nobody
        ("A Norwegian soldier signed it.", "signed", []),
        ("Somebody signed it.", "signed", []),
    ],
)
def test_who_acts(nlp, text, verb, names):
    doc = annotate(nlp, text)
    actors = find_actors(doc)
    subject = subject_of(next(token for token in doc if token.text == verb))
    assert [actor.canonical for actor in with_conjuncts(subject, actors)] == names


def test_it_is_the_subject_before(nlp):
    doc = annotate(nlp, "Norway said that it would sign.")
    it = next(token for token in doc if token.text == "it")
    assert [actor.canonical for actor in with_conjuncts(it, find_actors(doc))] == ["Norway"]


def test_a_pair_needs_two_states_before(nlp):
    doc = annotate(nlp, "Norway slept. Both countries signed it.")
    pair = next(token for token in doc if token.text == "countries")
    assert is_pair(pair)
    assert with_conjuncts(pair, find_actors(doc)) == []


def test_the_state_of_a_place(nlp):
    doc = annotate(nlp, "It opened in Bergen.")
    assert [actor.canonical for actor in find_actors(doc).state_of_place.values()] == ["Norway"]
