"""Entities for programs: who and what is named, over all articles."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from pipeline.enumerations import EntityType
from pipeline.review.api.paging import DEFAULT, After, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.store.actor_pages import load_actor
from pipeline.store.actor_rows import ActorPage
from pipeline.store.actors import load_entities
from pipeline.store.filters import EntityFilter, Filter
from pipeline.store.rows import EntityRow

router = APIRouter(prefix="/api/v1", tags=["entities"])


class EntityQuery(Filter):
    """Which entities to list."""

    text: str | None = None
    type: EntityType | None = None
    article_id: str | None = None
    limit: Limit = DEFAULT
    after: After = None


@router.get("/entities", summary="Entities, those in most articles first")
def api_list_entities(request: Request, wanted: Annotated[EntityQuery, Query()]) -> Page[EntityRow]:
    """States, bodies, people and things; `text` is beginnings of words of a name or an alias."""
    asked = EntityFilter(**wanted.model_dump(exclude={"limit"}), limit=wanted.limit + 1)
    return make_page(load_entities(get_store(request), asked), wanted.limit, lambda row: row.id)


@router.get(
    "/entities/{entity_id}", summary="An entity: what it is party to and with whom, what it says, what is said of it"
)
def api_show_entity(
    request: Request,
    entity_id: Annotated[str, Path(examples=["ac-0123456789abcdef"], description="its id, or how that begins")],
    size: Annotated[int, Query(ge=1, le=100, description="how much of each list is on a page")] = 20,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> ActorPage:
    """Counts are of everything, lists are one page of it, the youngest first."""
    return load_actor(get_store(request), entity_id, size=size, page=page).record
