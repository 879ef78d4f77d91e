import pytest
from sqlalchemy import text

from pipeline.errors import InputError, NotFoundError
from pipeline.jobs.link import link_register
from pipeline.store.actor_pages import load_actor
from pipeline.store.actors import find_entities
from tests.pipeline.naming import NORLAND, SUDLAND, save_named

ARDEN = "Norland and Sudland signed the Arden Treaty. Mara Lind said Norland must stay."


@pytest.fixture
def norland(store):
    """The id of an actor with two treaties, a claim about it and none by it."""
    claim = ("Mara Lind", "Norland must stay", ["Norland"])
    save_named(
        store, "/1", ARDEN, NORLAND, SUDLAND, "Mara Lind", pacts={"Arden Treaty": ["Norland", "Sudland"]}, says=[claim]
    )
    save_named(
        store, "/2", "Norland keeps the Berg Pact.", NORLAND, published="2025-04", pacts={"Berg Pact": ["Norland"]}
    )
    link_register(store)
    return find_entities(store, "Norland")[0].id


def test_a_page_has_what_an_actor_is_party_to_with_whom_and_what_is_said_of_it(store, norland):
    found = load_actor(store, norland)
    page = found.record
    assert [(each.role, each.agreements) for each in page.roles] == [("party", 2)]
    assert [(each.label, each.articles, each.last_published) for each in page.party_to] == [
        ("Berg Pact", 1, "2025-04"),
        ("Arden Treaty", 1, "2025-03-12"),
    ]
    assert [(each.canonical, each.agreements) for each in page.co_parties] == [("Sudland", 1)]
    assert (page.agreements, page.co_party_count) == (2, 1)
    assert [(each.type, each.claims) for each in page.counted_about] == [("evaluation", 1)]
    assert [each.content for each in page.claims_about] == ["Norland must stay"]
    assert (page.counted_by, page.claims_by) == ((), ())
    assert [(each.title, each.mentions) for each in page.named] == [("/2", 1), ("/1", 2)]
    texts = {each.article.id: each.text for each in found.articles}
    assert all(texts[each.article_id][each.quote.start : each.quote.end] == each.quote.text for each in page.named)
    (lind,) = find_entities(store, "mara lind")
    assert [each.content for each in load_actor(store, lind.id).record.claims_by] == ["Norland must stay"]


def test_lists_are_paged(store, norland):
    page = load_actor(store, norland, size=1, page=2).record
    assert ([each.label for each in page.party_to], page.agreements) == (["Arden Treaty"], 2)
    assert ([each.title for each in page.named], page.actor.articles) == (["/1"], 2)


def test_beginnings_of_ids_do_and_what_is_not_there_is_not_found(store, norland):
    assert load_actor(store, norland[:9]).id == norland
    for unknown in ("ac-0000", "ac-ffffffffffffffff"):
        with pytest.raises(NotFoundError):
            load_actor(store, unknown)
    with pytest.raises(InputError, match="Several"):
        load_actor(store, "ac-")


def test_a_row_that_changes_is_counted_again_and_one_that_is_hidden_not_at_all(store, norland):
    save_named(store, "/1", ARDEN + " Alone.", NORLAND, "Mara Lind", pacts={"Arden Treaty": ["Norland"]})
    link_register(store)
    page = load_actor(store, norland).record
    assert (page.agreements, page.co_parties, page.counted_about) == (2, (), ())
    with store.begin() as connection:
        connection.execute(text("UPDATE register_row SET is_shown = false WHERE label = 'Berg Pact'"))
    link_register(store)
    assert [each.label for each in load_actor(store, norland).record.party_to] == ["Arden Treaty"]


def test_an_actor_that_no_article_names_any_more_leads_to_where_it_went_or_nowhere(store, norland):
    save_named(store, "/1", "Nothing is left here.")
    save_named(store, "/2", "Nor here.")
    link_register(store)
    assert find_entities(store, "Norland") == []
    with pytest.raises(NotFoundError, match="No article names"):
        load_actor(store, norland)
    (sudland,) = save_named(store, "/3", "Sudland spoke.", SUDLAND)
    link_register(store)
    other = find_entities(store, "Sudland")[0].id
    with store.begin() as connection:
        connection.execute(text("UPDATE actor SET moved_to = :to WHERE id = :id"), {"to": other, "id": norland})
    assert load_actor(store, norland).record.named[0].entity_id == sudland
