"""What a text says of a name beside it; ``<id type words>`` marks an entity, its state's code is its name."""

import re

import pytest

from pipeline.enumerations import EntityType
from pipeline.linking.traits import find_traits
from pipeline.records import Entity, Mention

KINDS = {"s": "STATE", "p": "PERSON", "o": "ORG"}


def read(marked):
    """``{p Mara Lind}``: a person of that name; ``{s=XN French}``: a state with that code."""
    text, found = "", {}
    for plain, kind, code, words in re.findall(r"([^{]*)(?:\{(\w)(?:=(\w+))? ([^}]*)\})?", marked):
        text += plain
        if kind:
            mention = Mention(start=len(text), end=len(text) + len(words), text=words)
            found.setdefault((kind, code or words), []).append(mention)
            text += words
    entities = [
        Entity(
            id=name,
            type=EntityType(KINDS[kind]),
            canonical=name,
            iso=name if kind == "s" else None,
            mentions=tuple(mentions),
        )
        for (kind, name), mentions in found.items()
    ]
    return text, entities


@pytest.mark.parametrize(
    ("marked", "traits"),
    [
        ("The {s=XN Norlandic} defence minister {p Mara Lind} spoke.", ["office:minister", "scene:XN", "state:XN"]),
        ("{p Mara Lind}, {s=XN Norland}'s president, spoke.", ["office:president", "scene:XN", "state:XN"]),
        ("President {p Mara Lind} of {s=XN Norland} spoke.", ["office:president", "scene:XN"]),
        ("{p Mara Lind}, the envoy of {s=XN Norland}, spoke.", ["office:envoy", "scene:XN", "state:XN"]),
        ("{p Mara Lind} spoke.", []),
        ("{s=XN Norland} said that a minister left. {p Mara Lind} stayed.", ["scene:XN"]),
        ("{s=XN Norland} and its general, who told {p Mara Lind}.", ["scene:XN"]),
    ],
)
def test_what_is_said_of_a_person(marked, traits):
    assert list(find_traits(*read(marked)).get("Mara Lind", ())) == traits


@pytest.mark.parametrize(
    ("marked", "traits"),
    [
        ("the {s=XN Norlandic} {o Ministry of Defence}", ["state:XN"]),
        ("{s=XN Norland}'s {o Ministry of Defence}", ["state:XN"]),
        ("the {o Ministry of Defence} of {s=XN Norland}", ["state:XN"]),
        ("the {o Ministry of Defence} met {s=XN Norland}", []),
    ],
)
def test_whose_a_body_is(marked, traits):
    assert list(find_traits(*read(marked)).get("Ministry of Defence", ())) == traits


def test_the_scene_is_the_two_states_that_are_named_most():
    text, entities = read("{s=A A} {s=B B} {s=B B} {s=C C} {s=C C} {s=C C} {p Mara Lind}")
    assert find_traits(text, entities)["Mara Lind"] == ("scene:B", "scene:C")
