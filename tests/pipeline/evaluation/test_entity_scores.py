"""Scores of entities."""

import pytest

from pipeline.enumerations import MentionFlag
from pipeline.evaluation.entity_scores import count_entities, is_same_entity, list_found, list_marked
from pipeline.evaluation.perfect import to_extraction


def test_perfect_entities(arden):
    counts = count_entities(arden.entities, to_extraction(arden).entities)
    assert counts["entity.gold"] == counts["entity.exact"] == counts["entity.exact.name"] == 9
    assert counts["entity.STATE.right"] == counts["entity.STATE.gold"] == 4


def test_pronouns_do_not_count(arden):
    first = arden.entities[0]
    mentions = (first.mentions[0].model_copy(update={"flags": (MentionFlag.PRONOUN,)}), *first.mentions[1:])
    assert len(list_marked([first.model_copy(update={"mentions": mentions})])) == len(first.mentions) - 1


def test_of_two_on_the_same_words_the_first_counts(arden):
    entities = to_extraction(arden).entities
    assert len(list_found([entities[0], entities[0]])) == len(entities[0].mentions)


@pytest.mark.parametrize(
    ("marked", "found", "is_same"),
    [
        (("United Kingdom", "GB"), ("England", "GB"), True),
        (("United Kingdom", None), ("Britain", None), True),
        (("Norland", None), ("Sudland", None), False),
        (("Norland", "NO"), (None, None), False),
    ],
)
def test_the_same_entity(arden, marked, found, is_same):
    one, other = (list_marked(arden.entities)[0]._replace(name=name, iso=iso) for name, iso in (marked, found))
    assert is_same_entity(one, other) is is_same
