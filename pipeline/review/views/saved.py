"""Searches that were given a name: all of them, keeping one, forgetting one. A reviewer keeps them, everybody uses them."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from pipeline.errors import InputError, NotFoundError
from pipeline.review.asked import clean_text, make_query, read_filter
from pipeline.review.page import back, get_store, render
from pipeline.review.visitor import visitor
from pipeline.review.wording import WORDS
from pipeline.store.saved_searches import SavedSearch, delete_saved_search, load_saved_searches, save_search
from pipeline.store.search_rows import SearchKind, SearchQuery
from pipeline.store.store import Store

router = APIRouter(include_in_schema=False)


@router.get("/searches")
def list_saved_searches(request: Request) -> Response:
    """All saved searches by name, each with what it asks for and its feed."""
    kept = load_saved_searches(get_store(request))
    pairs = {each.id: find_pairs(each.query) for each in kept}
    conditions = {search_id: [pair for pair in given if pair[0] != "text"] for search_id, given in pairs.items()}
    queries = {search_id: make_query(given) for search_id, given in pairs.items()}
    return render(request, "saved.html", kept=kept, conditions=conditions, queries=queries, **WORDS)


@router.post("/searches")
def keep_search(request: Request, name: Annotated[str, Form()], query: Annotated[str, Form()] = "") -> Response:
    """Keep a search (the query of its address) by a name; one that bears the name already is replaced."""
    asked = read_filter(SearchQuery, QueryParams(parse_qsl(query.removeprefix("?"))))
    if asked.wanted is None:
        raise InputError("This search cannot be kept: " + "; ".join(asked.problems.values()) + ".")
    saved = save_search(get_store(request), clean_text(name), asked.wanted, who=visitor(request).name)
    return back(request, f"/searches#{saved.id}", said=f"Kept as “{saved.name}”.")


@router.post("/searches/{search_id}/forget")
def forget_search(request: Request, search_id: str) -> Response:
    """Forget a saved search; its feed ends."""
    store = get_store(request)
    saved = find_saved_search(store, search_id)
    delete_saved_search(store, saved.name)
    return back(request, "/searches", said=f"Forgot “{saved.name}”.")


def find_saved_search(store: Store, search_id: str) -> SavedSearch:
    """The search of that id, which stays the same when it is changed.

    Raises:
        NotFoundError: there is none.
    """
    found = next((each for each in load_saved_searches(store) if each.id == search_id), None)
    if found is None:
        raise NotFoundError("There is no such saved search; it may have been forgotten.")
    return found


def find_pairs(query: SearchQuery) -> list[tuple[str, str]]:
    """A search as its address has it: ``[("text", "treaty"), ("kinds", "claim")]``; what says nothing is left out."""
    given = query.model_dump(mode="json", exclude_defaults=True, exclude={"limit", "offset", "kinds"})
    kinds = [("kinds", each.value) for each in query.kinds] if set(query.kinds) != set(SearchKind) else []
    return [*((name, str(value)) for name, value in given.items()), *kinds]
