"""Search for programs, and the searches that were kept by a name."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request

from pipeline.errors import NotFoundError
from pipeline.review.page import get_store
from pipeline.review.visitor import visitor
from pipeline.store.row import Row
from pipeline.store.saved_searches import (
    SavedSearch,
    delete_saved_search,
    load_saved_searches,
    look_for_new,
    save_search,
)
from pipeline.store.search import search
from pipeline.store.search_rows import SearchHit, SearchPage, SearchQuery
from pipeline.store.store import Store

router = APIRouter(prefix="/api/v1", tags=["search"])

SearchId = Annotated[str, Path(examples=["ss-0123456789abcdef"])]
# What a search may go on to: those ranked behind are found by saying more.
_FURTHEST = 2000


class FindQuery(SearchQuery):
    """What to search for."""

    offset: Annotated[int, Field(ge=0, le=_FURTHEST, description="so many are passed over: pages before this one")] = 0
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class NewSearch(Row):
    """A search to be kept by a name; one that bears the name already is replaced."""

    name: str = Field(min_length=1, max_length=200, examples=["Long-range strike"])
    query: SearchQuery = Field(examples=[{"text": '"long-range" strike', "kinds": ["agreement"]}])


@router.get("/search", summary="Articles, agreements and claims by words and conditions")
def api_search(request: Request, wanted: Annotated[FindQuery, Query()]) -> SearchPage:
    """The best first. By words alone: a search by meaning needs the encoder, which the command line has."""
    return search(get_store(request), SearchQuery(**wanted.model_dump()))


@router.get("/saved-searches", summary="The searches that were kept, by name")
def api_list_saved_searches(request: Request) -> tuple[SavedSearch, ...]:
    """They are everybody's."""
    return tuple(load_saved_searches(get_store(request)))


@router.post("/saved-searches", summary="Keep a search by a name", status_code=201)
def api_save_search(request: Request, new: NewSearch) -> SavedSearch:
    """One that bears the name already is replaced, and keeps its id and what it has shown."""
    return save_search(get_store(request), new.name, new.query, who=visitor(request).name)


@router.post("/saved-searches/{search_id}/look", summary="What came in since this was last asked")
def api_look_for_new(request: Request, search_id: SearchId) -> tuple[SearchHit, ...]:
    """What was shown once is not shown again, whoever asked."""
    store = get_store(request)
    return look_for_new(store, _find_name(store, search_id))


@router.delete("/saved-searches/{search_id}", summary="Forget a search", status_code=204)
def api_delete_search(request: Request, search_id: SearchId) -> None:
    """What it found stays where it is."""
    store = get_store(request)
    delete_saved_search(store, _find_name(store, search_id))


def _find_name(store: Store, search_id: str) -> str:
    found = next((each.name for each in load_saved_searches(store) if each.id == search_id), None)
    if found is None:
        raise NotFoundError(f"No saved search bears the id {search_id[:40]}; GET /api/v1/saved-searches lists them.")
    return found
