import pytest

from pipeline.linking.observations import make_features
from pipeline.store import link_state as state
from pipeline.store.links import mark_unlinked, resolve_row
from tests.pipeline.linking.sightings import sight


def put(connection, agreement_id, row_id, *keys):
    features = make_features(sight(agreement_id, "Arden Treaty")).model_dump(mode="json")
    new = state.NewLink(
        row_id=row_id, agreement_id=agreement_id, reason="first", score=1.0, features=features, keys=keys
    )
    state.insert_links(connection, [new])


@pytest.fixture
def connection(store):
    with store.begin() as connection:
        yield connection


def test_rows_are_found_by_keys_those_that_share_most_first(connection):
    put(connection, "a/1", "rw-1", "x", "y")
    put(connection, "b/1", "rw-2", "x")
    near = state.find_near(connection, {"c/1": ("x", "y"), "d/1": ("z",)})
    assert near == [("c/1", "rw-1", "a/1"), ("c/1", "rw-2", "b/1")]
    assert state.find_near(connection, {}) == []


def test_a_frequent_key_leads_to_the_newest_rows_and_to_no_more_than_are_compared(connection):
    for number in range(state.MOST_OF_KEY + 10):
        put(connection, f"a{number}/1", f"rw-{number}", "x")
    near = state.find_near(connection, {"c/1": ("x",)})
    assert len(near) == state.MOST_ROWS
    assert "rw-0" not in {each.row_id for each in near}


def test_a_row_keeps_a_key_once_and_gets_it_back_from_its_members(connection):
    put(connection, "a/1", "rw-1", "x")
    put(connection, "b/1", "rw-1", "x")
    assert state.remove_links(connection, ["a/1"]) == {"rw-1"}
    assert state.find_near(connection, {"c/1": ("x",)}) == []
    assert set(state.load_members(connection, "rw-1")) == {"b/1"}
    state.insert_keys(connection, [("rw-1", "x", "b/1")])
    assert [each.agreement_id for each in state.find_near(connection, {"c/1": ("x",)})] == ["b/1"]
    assert set(state.load_features(connection, ["a/1", "b/1"])) == {"b/1"}


def test_merged_rows_lead_on_and_may_not_be_founded_again(connection):
    put(connection, "a/1", "rw-1", "x")
    put(connection, "b/1", "rw-2", "x", "y")
    put(connection, "c/1", "rw-3", "y")
    assert state.merge_rows(connection, "rw-2", "rw-1", reason="one name")
    assert state.merge_rows(connection, "rw-1", "rw-3", reason="one name")
    assert {resolve_row(connection, each) for each in ("rw-1", "rw-2", "rw-3")} == {"rw-3"}
    assert {each.row_id for each in state.find_near(connection, {"d/1": ("x", "y")})} == {"rw-3"}
    assert state.load_unfree(connection, ["rw-1", "rw-3", "rw-9"], ["a/1", "b/1", "c/1"]) == {"rw-1"}
    assert state.load_unfree(connection, ["rw-3"], ["a/1"]) == {"rw-3"}


def test_rows_of_one_article_are_not_merged(connection):
    put(connection, "a/1", "rw-1")
    put(connection, "a/2", "rw-2")
    assert not state.merge_rows(connection, "rw-1", "rw-2", reason="one name")
    assert {held.row_id for held in state.load_standing_links(connection, ["a/1", "a/2"]).values()} == {"rw-1", "rw-2"}


def test_an_article_is_due_until_it_is_linked_and_when_somebody_asks(store, save):
    article, _ = save()
    with store.begin() as connection:
        (due,) = state.load_due_articles(connection, limit=5)
        assert (due.id, due.is_asked) == (article.id, True)
        (agreement,) = state.load_agreements(connection, article.id)
        assert state.load_gone(connection, article.id, []) == [agreement.id]
        assert state.load_gone(connection, article.id, [agreement.id]) == []
        state.mark_linked(connection, due)
        assert state.load_due_articles(connection, limit=5) == []
        mark_unlinked(connection, [agreement.id])
        assert state.load_due_articles(connection, limit=5) == [due]
