"""Entities of several articles come to stand in one actor, or do not, and what changes changes only that."""

import pytest
from sqlalchemy import select, text

from pipeline.enumerations import EntityType
from pipeline.jobs.actors import link_entities
from pipeline.records import Article, Entity, Extraction, Mention, RawArticle, make_article_id, make_record_id
from pipeline.store import schema
from pipeline.store.articles import save_article
from pipeline.store.raws import save_raw
from pipeline.store.store import now


@pytest.fixture
def save(store):
    """Saves an article that names these: ``save("/1", "Mara Lind met them.", ("Mara Lind", "PERSON"))``; returns the ids."""

    def save_one(address, words, *named, published="2025-03-12", fingerprint="f1"):
        article = Article(id=make_article_id(address), address=address, text=words, published=published)
        entities = tuple(make_entity(article, *each) for each in named)
        raw = RawArticle(address=address, media_type="text/plain", body=words.encode(), fetched_at=now())
        raw_id = save_raw(store, raw).raw_id
        extraction = Extraction(article_id=article.id, fingerprint=fingerprint, entities=entities)
        save_article(store, raw_id=raw_id, article=article, extraction=extraction, passages=())
        return [each.id for each in entities]

    return save_one


def make_entity(article, name, kind="PERSON", facts=None):
    given = dict(facts or {})
    words = given.pop("words", name)
    starts = [at for at in range(len(article.text)) if article.text.startswith(words, at)]
    mentions = tuple(Mention(start=at, end=at + len(words), text=words) for at in starts)
    record_id = make_record_id("en", article.id, f"{kind} {name}")
    return Entity(id=record_id, type=EntityType(kind), canonical=name, mentions=mentions, **given)


@pytest.fixture
def places(store):
    """Call for the actor, reason and score of each linked entity."""

    def load():
        link = schema.actor_link
        with store.begin() as connection:
            query = select(link.c.entity_id, link.c.actor_id, link.c.reason, link.c.score)
            return {row[0]: tuple(row[1:]) for row in connection.execute(query)}

    return load


NORLAND = ("Norland", "STATE", {"iso": "XN"})


def test_a_name_in_two_articles_is_one_actor_with_both(store, save, places):
    (one,) = save("/1", "Mara Lind spoke, and Mara Lind left.", ("Mara Lind",), published="2025-03-12")
    (other,) = save("/2", "Mara Lind is back.", ("Mara Lind",), published="2024-01-01")
    assert link_entities(store).numbers() == {"entities": 2, "actors": 1}
    found = places()
    assert found[one][0] == found[other][0]
    assert [found[one][1:], found[other][1:]] in ([("first", 1.0), ("name", 0.95)], [("name", 0.95), ("first", 1.0)])
    with store.begin() as connection:
        (actor,) = connection.execute(select(schema.actor)).mappings()
    assert (actor["articles"], actor["mentions"], actor["canonical"]) == (2, 3, "Mara Lind")
    assert (actor["first_published"], actor["last_published"]) == ("2024-01-01", "2025-03-12")


def test_what_is_linked_is_not_looked_at_again(store, save):
    save("/1", "Mara Lind spoke.", ("Mara Lind",))
    assert link_entities(store).entities == 1
    assert link_entities(store).entities == 0
    save("/2", "Jon Berg spoke.", ("Jon Berg",))
    assert link_entities(store).entities == 1


def test_a_revision_that_names_somebody_else_leaves_the_actor_empty_and_coming_back_fills_it(store, save, places):
    (one,) = save("/1", "Mara Lind spoke.", ("Mara Lind",))
    link_entities(store)
    actor_id = places()[one][0]
    (berg,) = save("/1", "Jon Berg spoke.", ("Jon Berg",))
    link_entities(store)
    assert list(places()) == [berg]
    with store.begin() as connection:
        count = select(schema.actor.c.articles).where(schema.actor.c.id == actor_id)
        assert connection.execute(count).scalar() == 0
        assert connection.execute(select(schema.actor_key.c.actor_id.distinct())).scalars().all() == [places()[berg][0]]
    save("/1", "Mara Lind spoke at last.", ("Mara Lind",))
    link_entities(store)
    assert places()[one][0] == actor_id


def test_a_surname_waits_for_its_full_name_and_is_looked_at_again_when_it_comes(store, save, places):
    short = save("/1", "Lind of Norland spoke in Norland.", ("Lind",), NORLAND)[0]
    link_entities(store)
    assert places()[short][1] == "first"
    full = save("/2", "Norland's president, Mara Lind, spoke.", ("Mara Lind",), NORLAND)[0]
    link_entities(store)
    assert places()[full][0] == places()[short][0]
    other = save("/3", "Ada Lind, a minister of Sudland.", ("Ada Lind",), ("Sudland", "STATE", {"iso": "XS"}))[0]
    link_entities(store)
    assert places()[other][0] != places()[full][0]
    last = save("/4", "Lind of Norland spoke.", ("Lind",), NORLAND)[0]
    link_entities(store)
    assert places()[last][1] == "first"  # there are two of them now


def test_actors_of_the_gazetteer_have_ids_that_do_not_depend_on_who_came_first(store, save, places):
    ids = save("/1", "Norland spoke.", NORLAND) + save("/2", "Norlandia spoke.", ("Norlandia", "STATE", {"iso": "XN"}))
    link_entities(store)
    assert {places()[each][0] for each in ids} == {make_record_id("ac", "", "iso XN")}


def test_what_fails_half_way_is_due_again(store, save):
    save("/1", "Mara Lind spoke.", ("Mara Lind",))
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE actor_claim RENAME TO elsewhere"))
    with pytest.raises(Exception, match="actor_claim"):
        link_entities(store)
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO actor_claim"))
        assert connection.execute(select(schema.actor_link)).all() == []
    assert link_entities(store).entities == 1
