from pipeline.store.link_state import load_due_articles, merge_rows
from pipeline.store.links import mark_unlinked, resolve_row
from pipeline.store.records import load_register
from tests.pipeline.store.conftest import link_by_hand


def test_an_article_that_is_judged_on_is_due_again(store, save):
    article, _ = save()
    (row,) = load_register(store)
    with store.begin() as connection:
        mark_unlinked(connection, [row.observations[0].agreement_id])
        mark_unlinked(connection, [])
        assert [each.id for each in load_due_articles(connection, limit=9)] == [article.id]


def test_a_row_leads_to_where_it_was_merged_into(store, save):
    save()
    (row,) = load_register(store)
    link_by_hand(store, {row.observations[0].agreement_id: "rw-2"})
    with store.begin() as connection:
        assert resolve_row(connection, "rw-2") == "rw-2"
        merge_rows(connection, "rw-2", row.id, reason="one name")
        assert resolve_row(connection, "rw-2") == row.id


def test_what_moved_away_and_back_is_the_same_row_as_ever(store, save):
    save()
    (before,) = load_register(store)
    agreement_id = before.observations[0].agreement_id
    link_by_hand(store, {agreement_id: "rw-2"}, "alias", 0.9)
    (after,) = load_register(store)
    assert (after.id, after.observations[0].reason, after.observations[0].score) == ("rw-2", "alias", 0.9)
    link_by_hand(store, {agreement_id: before.id})
    assert [(row.id, row.first_seen) for row in load_register(store)] == [(before.id, before.first_seen)]
