import json

import pytest


@pytest.mark.parametrize("kind", ["STATE", "PERSON", "state"])
def test_entities_of_a_type(reader, kind):
    everyone, found = (
        json.loads(reader("entities", "--json").out),
        json.loads(reader("entities", "--type", kind, "--json").out),
    )

    assert [row["canonical"] for row in found] == [row["canonical"] for row in everyone if row["type"] == kind.upper()]


def test_entities_are_found_by_a_word_and_the_most_mentioned_comes_first(reader):
    rows = json.loads(reader("entities", "--json").out)

    assert [row["mentions"] for row in rows] == sorted((row["mentions"] for row in rows), reverse=True)
    assert {row["canonical"] for row in json.loads(reader("entities", "--search", "norland", "--json").out)} == {
        "Norland"
    }


def test_an_entity_that_is_not_there_says_how_to_list_all(reader):
    assert "entente entities lists all" in reader("entities", "--search", "Atlantis").err
