"""Entities of several articles come to stand in one actor, or do not, and what changes changes only that."""

from functools import partial

import pytest
from sqlalchemy import insert, select, text, update

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import StoreError
from pipeline.jobs.actors import link_entities
from pipeline.records import make_record_id
from pipeline.store import schema
from pipeline.store.actors import load_entities
from pipeline.store.decisions import decide
from pipeline.store.filters import EntityFilter
from pipeline.store.store import now
from tests.pipeline.naming import NORLAND, SUDLAND, save_named


@pytest.fixture
def save(store):
    """Call as ``save("/1", "Mara Lind met them.", "Mara Lind")``; gives the ids of the entities."""
    return partial(save_named, store)


@pytest.fixture
def places(store):
    """Call for the actor, reason and score of each linked entity."""

    def load():
        link = schema.actor_link
        with store.begin() as connection:
            query = select(link.c.entity_id, link.c.actor_id, link.c.reason, link.c.score)
            return {row[0]: tuple(row[1:]) for row in connection.execute(query)}

    return load


def test_a_name_in_two_articles_is_one_actor_with_both(store, save, places):
    (one,) = save("/1", "Mara Lind spoke, and Mara Lind left.", "Mara Lind", published="2025-03-12")
    (other,) = save("/2", "Mara Lind is back.", "Mara Lind", published="2024-01-01")
    assert link_entities(store).numbers() == {"entities": 2, "actors": 1}
    found = places()
    assert found[one][0] == found[other][0]
    assert [found[one][1:], found[other][1:]] in ([("first", 1.0), ("name", 0.95)], [("name", 0.95), ("first", 1.0)])
    with store.begin() as connection:
        (actor,) = connection.execute(select(schema.actor)).mappings()
    assert (actor["articles"], actor["mentions"], actor["canonical"]) == (2, 3, "Mara Lind")
    assert (actor["first_published"], actor["last_published"]) == ("2024-01-01", "2025-03-12")


def test_what_is_linked_is_not_looked_at_again(store, save):
    save("/1", "Mara Lind spoke.", "Mara Lind")
    assert link_entities(store).entities == 1
    assert link_entities(store).entities == 0
    save("/2", "Jon Berg spoke.", "Jon Berg")
    assert link_entities(store).entities == 1


def test_a_revision_that_names_somebody_else_leaves_the_actor_empty_and_coming_back_fills_it(store, save, places):
    (one,) = save("/1", "Mara Lind spoke.", "Mara Lind")
    link_entities(store)
    actor_id = places()[one][0]
    (berg,) = save("/1", "Jon Berg spoke.", "Jon Berg")
    link_entities(store)
    assert list(places()) == [berg]
    with store.begin() as connection:
        count = select(schema.actor.c.articles).where(schema.actor.c.id == actor_id)
        assert connection.execute(count).scalar() == 0
        assert connection.execute(select(schema.actor_key.c.actor_id.distinct())).scalars().all() == [places()[berg][0]]
    save("/1", "Mara Lind spoke at last.", "Mara Lind")
    link_entities(store)
    assert places()[one][0] == actor_id


def test_a_surname_waits_for_its_full_name_and_is_looked_at_again_when_it_comes(store, save, places):
    short = save("/1", "Lind of Norland spoke in Norland.", "Lind", NORLAND)[0]
    link_entities(store)
    assert places()[short][1] == "first"
    full = save("/2", "Norland's president, Mara Lind, spoke.", "Mara Lind", NORLAND)[0]
    link_entities(store)
    assert places()[full][0] == places()[short][0]
    other = save("/3", "Ada Lind, a minister of Sudland.", "Ada Lind", SUDLAND)[0]
    link_entities(store)
    assert places()[other][0] != places()[full][0]
    last = save("/4", "Lind of Norland spoke.", "Lind", NORLAND)[0]
    link_entities(store)
    assert places()[last][1] == "first"  # there are two of them now


def test_actors_of_the_gazetteer_have_ids_that_do_not_depend_on_who_came_first(store, save, places):
    ids = save("/1", "Norland spoke.", NORLAND) + save("/2", "Norlandia spoke.", ("Norlandia", "STATE", {"iso": "XN"}))
    link_entities(store)
    assert {places()[each][0] for each in ids} == {make_record_id("ac", "", "iso XN")}


def test_what_fails_half_way_is_due_again(store, save):
    save("/1", "Mara Lind spoke.", "Mara Lind")
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE actor_claim RENAME TO elsewhere"))
    with pytest.raises(StoreError, match="actor_claim"):
        link_entities(store)
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO actor_claim"))
        assert connection.execute(select(schema.actor_link)).all() == []
    assert link_entities(store).entities == 1


def decide_on(store, record_id, action, **facts):
    decide(store, NewDecision(who="ana", record_id=record_id, action=action, **facts))


def judge(store, one, other, *, is_same):
    """A person's word on a pair, as the log of decisions keeps it."""
    with store.begin() as connection:
        number = connection.execute(
            insert(schema.decision)
            .values(who="ana", when=now(), record_id=one, action="merge" if is_same else "split")
            .returning(schema.decision.c.number)
        ).scalar_one()
        pair = {"one_id": min(one, other), "other_id": max(one, other), "decision": number}
        connection.execute(insert(schema.judgement).values(is_same=is_same, is_in_force=True, **pair))


def test_a_persons_split_stands_for_good_and_draws_nobody(store, save, places):
    ids = [save(f"/{n}", f"The Kestrel Plan holds {n}.", ("Kestrel Plan", "DOCUMENT"))[0] for n in range(3)]
    link_entities(store)
    judge(store, ids[0], ids[1], is_same=False)
    link_entities(store)
    found = places()
    assert found[ids[0]][0] != found[ids[1]][0]
    ids += save("/9", "The Kestrel Plan grows.", ("Kestrel Plan", "DOCUMENT"))
    ids += save("/0", "The Kestrel Plan holds on.", ("Kestrel Plan", "DOCUMENT"))
    link_entities(store)
    assert len({places()[each][0] for each in ids}) == 2
    assert places()[ids[0]][0] != places()[ids[1]][0]


def test_actors_that_a_person_merged_are_shown_as_one_until_that_is_taken_back(store, save, places):
    one = save("/1", "Mara Lind spoke.", "Mara Lind") + save("/3", "Mara Lind left.", "Mara Lind")
    (other,) = save("/2", "Maria Lindgren spoke.", "Maria Lindgren")
    link_entities(store)
    before = places()
    judge(store, before[one[0]][0], before[other][0], is_same=True)
    link_entities(store)
    assert {each[0] for each in places().values()} == {before[one[0]][0]}
    (late,) = save("/4", "Maria Lindgren is back.", "Maria Lindgren")
    link_entities(store)
    assert places()[late][0] == before[one[0]][0]
    (row,) = load_entities(store)
    assert (row.articles, row.canonical, row.aliases) == (4, "Maria Lindgren", ("Mara Lind",))
    with store.begin() as connection:
        connection.execute(update(schema.judgement).values(is_in_force=False))
    link_entities(store)
    assert places()[late][0] == places()[other][0] == before[other][0]
    assert sorted(each.articles for each in load_entities(store)) == [2, 2]


def test_entities_that_a_person_rejected_or_corrected(store, save, places):
    ids = save("/1", "The Kestrel Plan and Mara Lind.", ("Kestrel Plan", "DOCUMENT"), "Mara Lind")
    (other,) = save("/2", "The Merlin Plan.", ("Merlin Plan", "DOCUMENT"))
    link_entities(store)
    decide_on(store, ids[1], DecisionAction.REJECT)
    decide_on(store, ids[0], DecisionAction.CORRECT, field="canonical", value="Merlin Plan")
    link_entities(store)
    assert ids[1] not in places()
    assert places()[ids[0]][0] == places()[other][0]


def test_a_persons_name_for_an_actor_stands_above_the_articles(store, save, places):
    (one,) = save("/1", "Mara Lind spoke.", "Mara Lind")
    link_entities(store)
    decide_on(store, places()[one][0], DecisionAction.CORRECT, field="canonical", value="Dr Mara Lind")
    link_entities(store)
    save("/2", "Mara Lind left.", "Mara Lind")
    link_entities(store)
    (row,) = load_entities(store, EntityFilter(text="dr"))
    assert (row.canonical, row.articles) == ("Dr Mara Lind", 2)
