import json

import pytest


def load(reader, *asked):
    return json.loads(reader("entities", *asked, "--json").out)


@pytest.mark.parametrize("kind", ["STATE", "PERSON", "state"])
def test_entities_of_a_type(reader, kind):
    everyone, found = load(reader), load(reader, "--type", kind)
    assert [row["canonical"] for row in found] == [row["canonical"] for row in everyone if row["type"] == kind.upper()]


def test_entities_are_found_by_a_word_and_what_most_articles_name_comes_first(reader):
    rows = load(reader)
    assert [row["articles"] for row in rows] == sorted((row["articles"] for row in rows), reverse=True)
    assert {row["canonical"] for row in load(reader, "--search", "norland")} == {"Norland"}


def test_entities_are_listed_by_pages_and_by_article(reader, filled):
    assert [load(reader, "--limit", "1", "--page", str(page))[0] for page in (1, 2)] == load(reader)[:2]
    assert [row["canonical"] for row in load(reader, "--article", filled.ids["article"])] == ["Mara Lind", "Norland"]


def test_an_entity_that_is_not_there_says_how_to_list_all(reader):
    assert "entente entities lists all" in reader("entities", "--search", "Atlantis").err
    assert "entente entities lists all" in reader("entities", "Atlantis").err
    assert reader("entities", "ac-ffffffffffffffff").code == 2


def test_an_entity_by_its_name_has_a_page(reader):
    said = reader("entities", "norlandish").out
    assert "Norland  ac-" in said
    assert "also        Norlandish" in said
