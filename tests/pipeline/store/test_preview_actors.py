import pytest

from pipeline.errors import InputError
from pipeline.jobs.decide import merge_records, split_records
from pipeline.store.actor_pages import load_actor
from pipeline.store.actors import load_entities
from pipeline.store.judgements import NewJudgement
from pipeline.store.preview_actors import preview_actor_merge, preview_actor_split


@pytest.fixture
def actors(store, save, link_anew):
    """Norland in two articles, and Nordia in one."""
    save("https://a.example/1", text="Norland signed the Kestrel Treaty.", parties=("Norland",))
    save("https://a.example/2", text="Norland ratified the Kestrel Treaty.", act="ratified", parties=("Norland",))
    save("https://a.example/3", text="Norland and Norland left.", name="Linden Pact", parties=("Norland",))
    link_anew()
    return {each.canonical: each.id for each in load_entities(store)}


def test_a_split_of_an_actor_comes_to_what_its_preview_shows(store, actors):
    page = load_actor(store, actors["Norland"]).record
    leaving = page.named[0].entity_id
    preview = preview_actor_split(store, [leaving], actor_id=actors["Norland"])
    assert [each.articles for each in preview.before] == [3]
    assert [(each.articles, each.id is None) for each in preview.after] == [(2, False), (1, True)]
    split_records(store, NewJudgement(who="ana", record_ids=(leaving,)))
    faces = sorted((each.articles, each.mentions) for each in load_entities(store))
    assert faces == sorted((each.articles, each.mentions) for each in preview.after)


def test_a_merge_of_actors_comes_to_what_its_preview_shows(store, actors):
    leaving = load_actor(store, actors["Norland"]).record.named[0].entity_id
    split_records(store, NewJudgement(who="ana", record_ids=(leaving,)))
    both = [each.id for each in load_entities(store)]
    (after,) = preview_actor_merge(store, both).after
    merge_records(store, NewJudgement(who="ana", record_ids=tuple(both)))
    (found,) = load_entities(store)
    assert (after.canonical, after.articles, after.mentions) == (found.canonical, found.articles, found.mentions)
    assert after.agreements == load_actor(store, found.id).record.agreements == 2


def test_what_cannot_be_is_said(store, actors):
    with pytest.raises(InputError, match="at least two"):
        preview_actor_merge(store, [actors["Norland"]])
    everything = [each.entity_id for each in load_actor(store, actors["Norland"]).record.named]
    with pytest.raises(InputError, match="nothing to split"):
        preview_actor_split(store, everything, actor_id=actors["Norland"])
