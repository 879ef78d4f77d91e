import pytest

from pipeline.review.views.saved import find_pairs, find_saved_search
from pipeline.store.saved_searches import load_saved_searches, save_search
from pipeline.store.search_rows import SearchQuery


def test_a_search_is_kept_listed_asked_again_and_forgotten(client, store):
    query = "?text=osprey&kinds=claim&published_from=2025"
    answer = client.post("/searches", data={"name": " Ospreys & <co> ", "query": query})
    (saved,) = load_saved_searches(store)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/searches#{saved.id}")
    assert saved.query == SearchQuery(text="osprey", kinds=("claim",), published_from="2025")
    page = client.get("/searches").text
    assert "Ospreys &amp; &lt;co&gt;" in page
    assert f'href="/feeds/{saved.id}.atom"' in page
    assert 'href="/search?text=osprey&amp;published_from=2025&amp;kinds=claim"' in page
    assert client.post(f"/searches/{saved.id}/forget").headers["location"] == "/searches"
    assert load_saved_searches(store) == []
    assert client.post(f"/searches/{saved.id}/forget").status_code == 404


@pytest.mark.parametrize(("name", "query"), [("", "?text=a"), ("x" * 201, "?text=a"), ("a", "?published_from=spring")])
def test_what_cannot_be_kept_is_said(client, store, name, query):
    assert client.post("/searches", data={"name": name, "query": query}).status_code == 422
    assert load_saved_searches(store) == []


def test_a_reader_uses_searches_and_changes_none(client, store, sign_in_as):
    saved = save_search(store, "Pacts", SearchQuery(text="pact"), who="ana")
    sign_in_as("reader")
    page = client.get("/searches").text
    assert "Pacts" in page
    assert "Forget" not in page
    assert client.post("/searches", data={"name": "b", "query": ""}).status_code == 403
    assert client.post(f"/searches/{saved.id}/forget").status_code == 403
    assert find_saved_search(store, saved.id) == saved


def test_a_search_is_written_as_its_address_has_it():
    assert find_pairs(SearchQuery(text="a b", offset=40, limit=50)) == [("text", "a b")]
    assert find_pairs(SearchQuery(kinds=("claim",), speaker="X")) == [("speaker", "X"), ("kinds", "claim")]
