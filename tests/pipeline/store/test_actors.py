import pytest

from pipeline.errors import NotFoundError
from pipeline.jobs.actors import link_entities
from pipeline.records import make_article_id
from pipeline.store.actors import find_entities, load_entities
from pipeline.store.filters import EntityFilter
from tests.pipeline.naming import NORLAND, SUDLAND, save_named


@pytest.fixture(autouse=True)
def linked(store):
    save_named(store, "/1", "Norland met Mara Lind.", NORLAND, ("Mara Lind", "PERSON", {"aliases": ("Lind",)}))
    save_named(store, "/2", "Norland met Sudland.", NORLAND, SUDLAND)
    link_entities(store)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Norland", "Mara Lind", "Sudland"]),
        ({"text": "LIND mar"}, ["Mara Lind"]),
        ({"text": "land"}, []),
        ({"text": "norl"}, ["Norland"]),
        ({"text": "' & !"}, ["Norland", "Mara Lind", "Sudland"]),
        ({"type": "STATE"}, ["Norland", "Sudland"]),
        ({"article_id": make_article_id("/2")}, ["Norland", "Sudland"]),
        ({"limit": 1, "offset": 1}, ["Mara Lind"]),
        ({"type": "STATE", "limit": 1}, ["Norland"]),
    ],
)
def test_entities_are_asked_for_by_what_they_are(store, wanted, found):
    assert [each.canonical for each in load_entities(store, EntityFilter.model_validate(wanted))] == found


def test_pages_go_on_after_the_last_entity_and_miss_none(store):
    found, after = [], None
    while page := load_entities(store, EntityFilter(limit=1, after=after)):
        found += page
        after = page[-1].id
    assert found == load_entities(store)
    with pytest.raises(NotFoundError, match="after which to go on"):
        load_entities(store, EntityFilter(after="ac-none"))


def test_an_entity_has_the_facts_of_all_its_articles(store):
    first = load_entities(store)[0]
    assert (first.articles, first.mentions, first.iso) == (2, 2, "XN")
    assert type(first).model_validate_json(first.model_dump_json()) == first


@pytest.mark.parametrize(("name", "found"), [("lind", ["Mara Lind"]), ("MARA LIND", ["Mara Lind"]), ("mara", [])])
def test_an_entity_is_found_by_its_whole_name_or_alias(store, name, found):
    assert [each.canonical for each in find_entities(store, name)] == found
