import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enumerations import EntityType
from pipeline.linking.actor_keys import NamedEntity, find_keys
from pipeline.linking.entities import KnownActor, Sayings, link_to_actors, spread
from pipeline.records import make_record_id


def named(number, name, article="ar-1", kind="ORG", **facts):
    return NamedEntity(entity_id=f"en-{number}", article_id=article, type=EntityType(kind), canonical=name, **facts)


def place(entities, actors=(), sayings=None):
    return {each.entity_id: (each.actor_id, each.reason) for each in link_to_actors(entities, actors, sayings).links}


def known(actor_id, entity, uses=1):
    return KnownActor(id=actor_id, keys=dict.fromkeys(find_keys(entity).names, uses), traits=entity.traits)


PLAN = named(1, "Kestrel Plan")
AGAIN = named(2, "Kestrel Plan", "ar-2")


def test_the_first_founds_an_actor_that_bears_its_id_and_the_next_joins():
    first = make_record_id("ac", "en-1", "")
    assert place([PLAN, AGAIN]) == {"en-1": (first, "first"), "en-2": (first, "name")}


def test_an_actor_that_is_known_by_an_id_bears_one_made_of_it():
    state = named(1, "Norland", kind="STATE", iso="XN", wikidata="Q1")
    assert place([state])["en-1"] == (make_record_id("ac", "", "wikidata Q1"), "first")


def test_what_stood_alone_in_an_actor_stays_there():
    again = PLAN.model_copy(update={"linked_to": "ac-9", "is_new": False})
    assert place([again], [KnownActor(id="ac-9")])["en-1"] == ("ac-9", "first")


def test_a_full_name_asks_for_another_look_at_what_bears_its_acronym():
    agency = named(3, "Kestrel Defence Agency", aliases=("KDA",))
    actors = [known("ac-1", agency), known("ac-2", named(4, "KDA", "ar-2"))]
    assert link_to_actors([agency], actors).doubtful == ("ac-2",)
    assert link_to_actors([agency.model_copy(update={"is_new": False})], actors).doubtful == ()


def test_a_persons_word_stands_above_all_rules():
    merged = Sayings(same=frozenset({("en-1", "en-7")}), places={"en-7": "ac-7"})
    assert place([PLAN], [known("ac-5", PLAN)], merged)["en-1"] == ("ac-7", "decided")
    split = Sayings(apart=frozenset({("en-1", "en-5")}), places={"en-5": "ac-5"})
    actor_id, reason = place([PLAN], [known("ac-5", PLAN)], split)["en-1"]
    assert (actor_id == "ac-5", reason) == (False, "first")


def test_what_a_person_took_out_does_not_draw_others_to_itself():
    split = Sayings(apart=frozenset({("en-1", "en-5")}), places={"en-5": "ac-5"})
    (link,) = link_to_actors([PLAN], [known("ac-5", PLAN)], split).links
    assert all(key.startswith("seen ") for key in link.names)


def test_the_founder_can_be_taken_out_of_its_own_actor():
    own = make_record_id("ac", "en-1", "")
    founder = PLAN.model_copy(update={"linked_to": own, "is_new": False})
    split = Sayings(apart=frozenset({("en-1", "en-5")}), places={"en-5": own})
    assert place([founder], [known(own, PLAN)], split)["en-1"][0] != own


def test_pairs_that_people_named_spread():
    same, apart = spread([("a", "b"), ("b", "c")], [("c", "d")])
    assert same == {("a", "b"), ("b", "c"), ("a", "c")}
    assert apart == {("a", "d"), ("b", "d"), ("c", "d")}


NAMES = st.sampled_from(["Kestrel Plan", "KP", "Mara Lind", "Lind", "Ministry of Defence", "Norland"])


@given(st.lists(st.tuples(NAMES, st.sampled_from(["ORG", "PERSON", "DOCUMENT"]), st.integers(0, 3)), max_size=12))
def test_every_entity_has_one_place_and_the_same_again(chosen):
    entities = [named(at, name, f"ar-{article}", kind) for at, (name, kind, article) in enumerate(chosen)]
    links = link_to_actors(entities, []).links
    assert sorted(link.entity_id for link in links) == sorted(each.entity_id for each in entities)
    assert link_to_actors(entities, []).links == links


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_within_an_article_full_names_come_before_surnames(order):
    both = [
        named(1, "Mara Lind", kind="PERSON", traits=("scene:XN",)),
        named(2, "Lind", "ar-2", kind="PERSON", traits=("scene:XN",)),
    ]
    found = place([both[at] for at in order])
    assert found["en-1"][0] == found["en-2"][0]
