from sqlalchemy import select

from pipeline.jobs.actors import link_entities
from pipeline.store import schema
from pipeline.store.actor_joins import settle_joins
from pipeline.store.actors import load_entities, resolve_actor
from pipeline.store.judgements import NewJudgement, merge
from pipeline.store.undo import undo
from tests.pipeline.naming import save_named


def test_nothing_to_settle_is_no_work(store):
    with store.begin() as connection:
        assert settle_joins(connection, []) == set()


def test_three_that_are_one_are_shown_as_the_largest_and_the_others_lead_there(store):
    save_named(store, "/1", "Mara Lind and Ada Berg.", "Mara Lind", "Ada Berg")
    save_named(store, "/2", "Ada Berg and Eva Holm.", "Ada Berg", "Eva Holm")
    link_entities(store)
    berg, *others = [each.id for each in load_entities(store)]
    made = merge(store, NewJudgement(who="ana", record_ids=(*others, berg)))
    link_entities(store)
    (row,) = load_entities(store)
    assert (row.id, row.articles, row.mentions) == (berg, 2, 4)
    with store.begin() as connection:
        assert [resolve_actor(connection, each) for each in others] == [berg, berg]
        assert set(connection.execute(select(schema.actor_link.c.actor_id)).scalars()) == {berg}
    undo(store, made.number, who="ana")
    link_entities(store)
    assert {each.id for each in load_entities(store)} == {berg, *others}
