"""Who stands where: joined names, offices, pairs and pronouns."""

import pytest

from pipeline.extraction.actors import find_actors, is_we, size_of, subject_of, with_conjuncts
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
        ("Norway, Chile and Peru met. The three countries signed it.", "signed", ["Norway", "Chile", "Peru"]),
        ("Norway, Chile and Peru met in Japan. The three signed it.", "signed", ["Norway", "Chile", "Peru"]),
        (
            "NATO met the European Union in Norway. The two organisations signed it.",
            "signed",
            ["NATO", "European Union"],
        ),
        # counter-examples: three of whom only two were named, three that are not said, a firm's people, a soldier, nobody
        ("Norway and Chile met. The three countries signed it.", "signed", []),
        ("Norway, Chile and Peru met. Three countries signed it.", "signed", []),
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
    assert size_of(pair) == 2
    assert with_conjuncts(pair, find_actors(doc)) == []


def test_the_state_of_a_place(nlp):
    doc = annotate(nlp, "It opened in Bergen.")
    assert [actor.canonical for actor in find_actors(doc).state_of_place.values()] == ["Norway"]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Both governments left.", 2),
        ("All four leaders left.", 4),
        ("The three left.", 3),
        # counter-examples
        ("Four countries left.", 0),
        ("The four ships left.", 0),
        ("The three of the ships left.", 0),
    ],
)
def test_how_many_a_group_is(nlp, text, size):
    assert max(size_of(token) for token in annotate(nlp, text)) == size


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We, the ministers of Norway, Chile and Peru, have signed it.", ["Norway", "Chile", "Peru"]),
        (
            "Norway and Chile declare:\nWe agree. We hope. We will act, and our men with us, for our good.",
            ["Norway", "Chile"],
        ),
        # counter-examples: an author's "we" now and then, a quotation, one state in the heading
        ("Norway and Chile met. We do not know why.", []),
        ("Norway and Chile met. “We agree. We hope. We will act, and our men with us, for our good.", []),
        ("Norway declares:\nWe agree. We hope. We will act, and our men with us, for our good.", []),
    ],
)
def test_who_we_are_in_a_statement(nlp, text, names):
    assert [actor.canonical for actor in find_actors(annotate(nlp, text)).signatories] == names


def test_our_countries_are_those_who_make_the_statement(nlp):
    doc = annotate(nlp, "We, the leaders of Norway and Chile, met. Our countries signed it.")
    ours = next(token for token in doc if token.text == "countries")
    assert is_we(ours)
    assert [actor.canonical for actor in with_conjuncts(ours, find_actors(doc))] == ["Norway", "Chile"]
