"""Entities of a text: what they are, joined over their mentions."""

import pytest

from pipeline.extraction.entities import build_entities
from pipeline.language.model import annotate


def entities(nlp, text):
    return build_entities(annotate(nlp, text), text, "ar-1")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norwegian forces met Kyiv's envoys.", {("Norway", "STATE"), ("Ukraine", "STATE")}),
        ("They met in Kyiv.", {("Kyiv", "PLACE")}),
        ("The Arden Treaty binds NATO.", {("Arden Treaty", "DOCUMENT"), ("NATO", "ALLIANCE_BLOC")}),
        ("The Arden Treaty of 1997 holds.", {("Arden Treaty", "DOCUMENT")}),
        ("The Intermediate-Range Nuclear Forces (INF) Treaty ended.", {("INF Treaty", "DOCUMENT")}),
        ("The Long-Range Ballistic Forces (LBF) Treaty ended.", {("Long-Range Ballistic Forces Treaty", "DOCUMENT")}),
        ("He leads the “coalition of the able”.", {("coalition of the able", "ALLIANCE_BLOC")}),
        ("It rained.", set()),
    ],
)
def test_entities(nlp, text, found):
    assert {(entity.canonical, entity.type.value) for entity in entities(nlp, text)} == found


@pytest.mark.parametrize(
    ("text", "canonical", "mentions"),
    [
        ("The Nordic Sensor Approach (NSA) grows. The NSA is old.", "Nordic Sensor Approach",
         ["Nordic Sensor Approach", "NSA", "NSA"]),
        ("Operation Amber Lantern grows. Amber Lantern is old.", "Operation Amber Lantern",
         ["Operation Amber Lantern", "Amber Lantern"]),
        ("The Long-Range Ballistic Forces (LBF) Treaty ended. The LBF Treaty was good.",
         "Long-Range Ballistic Forces Treaty", ["Long-Range Ballistic Forces (LBF) Treaty", "LBF Treaty"]),
        ("A “coalition of the able” met. The coalition of the able grew.", "coalition of the able",
         ["coalition of the able", "coalition of the able"]),
    ],
)  # fmt: skip
def test_mentions_of_one_entity(nlp, text, canonical, mentions):
    entity = next(e for e in entities(nlp, text) if e.canonical == canonical)
    assert [mention.text for mention in entity.mentions] == mentions


def test_flags(nlp):
    flags = {
        m.text: [f.value for f in m.flags]
        for e in entities(nlp, "Norwegian forces met; Kyiv agreed.")
        for m in e.mentions
    }
    assert flags == {"Norwegian": ["adjectival"], "Kyiv": ["metonym"]}
