from sqlalchemy import select

from pipeline.jobs.actors import link_entities
from pipeline.records import make_article_id
from pipeline.store import schema
from pipeline.store.actor_links import load_doubtful, load_known, load_named, load_old_links, put_due, take_due
from tests.pipeline.naming import NORLAND, save_named

LIND = ("Mara Lind", "PERSON", {"aliases": ("Lind",)})


def test_what_is_due_is_taken_once_articles_and_others_apart(store):
    save_named(store, "/1", "Mara Lind spoke.", LIND)
    save_named(store, "/2", "Mara Lind left.", LIND)
    with store.begin() as connection:
        put_due(connection, ["rw-1", "rw-1", "ac-1"])
        assert take_due(connection, articles=1, others=5) == [make_article_id("/1"), "ac-1", "rw-1"]
        assert take_due(connection, articles=5, others=5) == [make_article_id("/2")]
        assert take_due(connection, articles=5, others=5) == []


def test_what_an_article_names_now_with_its_names(store):
    ids = save_named(store, "/1", "Norland met Mara Lind.", NORLAND, LIND)
    save_named(store, "/1", "Mara Lind left.", LIND, published="2025-04")
    with store.begin() as connection:
        (named,) = load_named(connection, [make_article_id("/1")])
    assert ([each.id for each in named.entities], named.published) == (ids[1:], "2025-04")
    assert named.names == {"mara lind": ids[1], "lind": ids[1]}


def test_what_is_known_is_found_by_keys_and_without_the_links_that_are_made_anew(store):
    save_named(store, "/1", "Mara Lind spoke.", LIND)
    save_named(store, "/2", "Mara Lind left.", LIND)
    link_entities(store)
    with store.begin() as connection:
        (actor_id,) = connection.execute(select(schema.actor.c.id)).scalars()
        old = load_old_links(connection, [make_article_id("/1")])
        known = load_known(connection, ["name PERSON mara lind"], [], old)
        assert known[actor_id].keys == {
            "name PERSON mara lind": 1,
            "also PERSON lind": 1,
            "last PERSON lind": 1,
            "spelt PERSON mara lind": 1,
        }
        assert load_known(connection, ["name PERSON nobody"], [], []) == {}
        assert load_doubtful(connection, [actor_id], limit=1) == []
        assert len(load_doubtful(connection, [actor_id], limit=2)) == 2
