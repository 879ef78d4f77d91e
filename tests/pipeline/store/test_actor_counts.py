from sqlalchemy import select

from pipeline.jobs.actors import link_entities
from pipeline.store import schema
from pipeline.store.actor_counts import recount
from tests.pipeline.naming import save_named

COUNTED = ("articles", "mentions", "first_published", "last_published", "first_seen", "last_seen")


def load_counts(connection):
    actor = schema.actor
    return {row[0]: tuple(row[1:]) for row in connection.execute(select(actor.c.id, *(actor.c[n] for n in COUNTED)))}


def test_what_is_counted_up_and_down_is_what_counting_anew_gives(store):
    plan = ("Kestrel Plan", "DOCUMENT")
    for number in range(4):
        save_named(
            store, f"/{number}", f"Mara Lind and Mara Lind {number}.", "Mara Lind", published=f"2025-0{number + 1}"
        )
        link_entities(store)
    save_named(store, "/1", "Mara Lind and the Kestrel Plan.", "Mara Lind", plan, published="2024")
    save_named(store, "/2", "The Kestrel Plan.", plan)
    link_entities(store)
    with store.begin() as connection:
        counted = load_counts(connection)
        recount(connection, counted)
        again = load_counts(connection)
    assert counted == again
    assert sorted(each[:2] for each in counted.values()) == [(2, 2), (3, 5)]


def test_keys_that_nobody_brings_any_more_are_gone(store):
    save_named(store, "/1", "Mara Lind.", "Mara Lind")
    link_entities(store)
    save_named(store, "/1", "Nobody.")
    link_entities(store)
    with store.begin() as connection:
        assert connection.execute(select(schema.actor_key)).all() == []
        assert [each[:2] for each in load_counts(connection).values()] == [(0, 0)]
