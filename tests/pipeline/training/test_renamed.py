"""Marked articles told of other states."""

import json

import pytest

from pipeline.gold.records import GoldArticle
from pipeline.training.renamed import rename_states

TEXT = "The United States and Norway met in Oslo. Norwegian ships left; Washington said Norway’s plan and the Oslo Pact hold."


@pytest.fixture
def gold():
    def span(words, again=0, flags=()):
        start = -1
        for _ in range(again + 1):
            start = TEXT.index(words, start + 1)
        found = {"start": start, "end": start + len(words), "text": words}
        return found | ({"flags": flags} if flags else {})

    entities = [
        {
            "type": "STATE",
            "name": "United States",
            "iso": "US",
            "key": "e1",
            "mentions": [span("United States"), span("Washington", flags=["metonym"])],
        },
        {
            "type": "STATE",
            "name": "Norway",
            "iso": "NO",
            "key": "e2",
            "mentions": [span("Norway"), span("Norwegian", flags=["adjectival"]), span("Norway", again=1)],
        },
        {"type": "PLACE", "name": "Oslo", "key": "e3", "mentions": [span("Oslo")]},
    ]
    row = {
        "name": "Oslo Pact",
        "kind": "treaty",
        "key": "a1",
        "status": "in_force",
        "parties": ["e2 party"],
        "mentions": [span("Oslo Pact")],
        "actors": [{"actor": "Norway", "role": "party"}],
    }
    claim = {
        "type": "evaluation",
        "speaker": "e1",
        "key": "c1",
        "content": [span("Norway’s plan and the Oslo Pact hold")],
        "cue_span": span("said"),
        "speaker_name": "United States",
        "speaker_span": span("Washington"),
    }
    header = {
        "title": "A",
        "published": "2025-01-01",
        "publisher": "E",
        "style": "wire",
        "topic": "t",
        "split": "train",
    }
    record = {
        "slug": "900-a",
        "header": header,
        "text": TEXT,
        "entities": entities,
        "agreements": [row],
        "claims": [claim],
    }
    return GoldArticle.model_validate_json(json.dumps(record))


def test_every_form_becomes_that_of_the_other_state(gold):
    told = rename_states(gold, seed=1)
    (first, second, place) = told.entities
    assert first.name != "United States"
    assert second.name != "Norway"
    for entity in told.entities:
        for mention in entity.mentions:
            assert told.text[mention.start : mention.end] == mention.text
    assert [mention.text for mention in second.mentions][::2] == [second.name] * 2
    assert not {"Norway", "Norwegian", "Washington"} & set(told.text.replace("’", " ").split())
    assert told.text.startswith(f"{first.name} and {second.name} met in {place.mentions[0].text}.")  # no "The" is left


def test_marks_move_along(gold):
    told = rename_states(gold, seed=1)
    (row,), (claim,) = told.agreements, told.claims
    assert row.mentions[0].text == "Oslo Pact"  # a name is no state's
    assert row.actors[0].actor == told.entities[1].name
    assert claim.speaker_name == told.entities[0].name
    assert claim.content[0].text == told.text[claim.content[0].start : -1]
    assert claim.cue_span.text == "said"


def test_the_same_seed_makes_the_same_article(gold):
    assert rename_states(gold, seed=1) == rename_states(gold, seed=1)
    assert len({rename_states(gold, seed=seed).text for seed in range(5)}) > 3


def test_an_article_without_states_stays(arden):
    without = arden.model_copy(update={"entities": tuple(e for e in arden.entities if e.iso is None)})
    assert rename_states(without, seed=1) == without
