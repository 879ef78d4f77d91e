import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.store.saved_searches import (
    delete_saved_search,
    load_saved_search,
    load_saved_searches,
    look_for_new,
    save_search,
)
from pipeline.store.search_rows import SearchQuery


def test_a_search_is_kept_by_its_name(store):
    first = save_search(store, " My  search ", SearchQuery(text="treaty", offset=20), who="ana")
    assert (first.name, first.query, first.who) == ("My search", SearchQuery(text="treaty"), "ana")
    again = save_search(store, "My search", SearchQuery(text="pact", limit=5), who="ben")
    assert (again.id, again.query.text, again.who) == (first.id, "pact", "ben")
    save_search(store, "Another", SearchQuery(), who="ana")
    assert [each.name for each in load_saved_searches(store)] == ["Another", "My search"]
    delete_saved_search(store, "My search")
    with pytest.raises(NotFoundError, match="No saved search is called 'My search'"):
        load_saved_search(store, "My search")


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_is_needed(store, name):
    with pytest.raises(InputError, match="1 to 200 characters"):
        save_search(store, name, SearchQuery(), who="ana")


def test_new_is_what_was_not_shown_before(store, save):
    save_search(store, "norland", SearchQuery(text="norland", kinds=("article", "claim")), who="ana")
    save()
    assert [hit.kind.value for hit in look_for_new(store, "norland")] == ["article"]
    assert look_for_new(store, "norland") == ()
    save("https://b.example/2", text="Norland again.")
    save("https://b.example/3", text="Sudland again.")
    assert [hit.address for hit in look_for_new(store, "norland")] == ["https://b.example/2"]
    assert look_for_new(store, "norland") == ()
    assert load_saved_search(store, "norland").looked_at is not None
    with pytest.raises(NotFoundError):
        look_for_new(store, "nobody")
