from sqlalchemy import select

from pipeline.jobs.link import link_register
from pipeline.records import make_article_id
from pipeline.store import schema
from pipeline.store.actor_agreements import find_rows_of, refresh_actor_rows
from tests.pipeline.naming import NORLAND, SUDLAND, save_named

PACT = {"Arden Treaty": ["Norland", "Sudland"]}


def load_counts(connection):
    role, pair = schema.actor_role, schema.actor_pair
    roles = sorted(connection.execute(select(role.c.role, role.c.agreements)).tuples().all())
    return roles, [each for (each,) in connection.execute(select(pair.c.agreements))]


def test_a_row_counts_once_however_many_articles_tell_of_it(store):
    for number in range(3):
        save_named(store, f"/{number}", f"Norland and Sudland {number}.", NORLAND, SUDLAND, pacts=PACT)
    link_register(store)
    with store.begin() as connection:
        assert load_counts(connection) == ([("", 1), ("", 1), ("party", 1), ("party", 1)], [1, 1])
        rows = connection.execute(select(schema.actor_row.c.row_id, schema.actor_row.c.articles)).all()
        assert [each.articles for each in rows] == [3, 3]
        refresh_actor_rows(connection, {each.row_id for each in rows})
        assert load_counts(connection) == ([("", 1), ("", 1), ("party", 1), ("party", 1)], [1, 1])
        assert find_rows_of(connection, [make_article_id("/1")], []) == {rows[0].row_id}
        refresh_actor_rows(connection, [])


def test_pairs_are_counted_down_to_nothing(store):
    save_named(store, "/1", "Norland and Sudland.", NORLAND, SUDLAND, pacts=PACT)
    link_register(store)
    save_named(store, "/1", "Norland and no other.", NORLAND)
    link_register(store)
    with store.begin() as connection:
        assert load_counts(connection) == ([], [])
