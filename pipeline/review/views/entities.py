"""Who and what is named: the list, and the page of one with what it agreed, said, and what was said of it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.enumerations import EntityType
from pipeline.review.asked import check_id, read_filter
from pipeline.review.links import find_pages
from pipeline.review.page import get_store, render
from pipeline.review.quoting import load_quotes
from pipeline.review.wording import WORDS
from pipeline.store.actor_pages import load_actor_page, quoted_words
from pipeline.store.actors import load_entities
from pipeline.store.filters import EntityFilter

router = APIRouter(include_in_schema=False)

ROWS = 50  #: on one page
_ON_PAGE = 12  # of each of the five lists of an entity: 100 KiB hold them with their quotes
_LAST_PAGE = 1_000  # further on the database would count through all that comes before
#: What else can be done with an entity: the name of the route, and of what in its path is the entity's id.
_LEADS = {"Merge with another": ("show_merge_entity", "entity_id"), "Split": ("show_split", "record_id")}


@router.get("/entities")
def list_entities(request: Request) -> Response:
    """Who and what articles name, those in most articles first, fifty on a page."""
    asked = read_filter(EntityFilter, request.query_params, limit=ROWS + 1)
    found = load_entities(get_store(request), asked.wanted) if asked.wanted else []
    rows = found[:ROWS]
    return render(
        request,
        "entities.html",
        status=200 if asked.wanted else 422,
        asked=asked,
        rows=rows,
        choices={"type": tuple(EntityType)},
        next_query=asked.with_pair("after", rows[-1].id) if len(found) > ROWS else None,
        **WORDS,
    )


@router.get("/entities/{entity_id}")
def show_entity(request: Request, entity_id: str, page: int = 1) -> Response:
    """All that articles say of one; one that was joined to another leads there."""
    store, number = get_store(request), min(max(page, 1), _LAST_PAGE)
    found = load_actor_page(store, check_id(entity_id), size=_ON_PAGE, page=number)
    if found.actor.id != entity_id:
        return RedirectResponse(f"/entities/{found.actor.id}", status_code=307)
    says, heard = (sum(each.claims for each in side) for side in (found.counted_by, found.counted_about))
    most = max(found.actor.articles, found.agreements, found.co_party_count, says, heard)
    return render(
        request,
        "entity.html",
        found=found,
        says=says,
        heard=heard,
        actor=found.actor,
        quote=load_quotes(store, quoted_words(found)),
        has_more=most > number * _ON_PAGE,
        leads=find_pages(request, _LEADS, entity_id),
        **WORDS,
    )
