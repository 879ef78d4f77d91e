"""Claims for programs: who says, predicts, demands or pledges what."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from pipeline.review.api.paging import DEFAULT, After, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.store.filters import ClaimFilter
from pipeline.store.records import load_claims
from pipeline.store.rows import ClaimRow

router = APIRouter(prefix="/api/v1", tags=["claims"])


class ClaimQuery(ClaimFilter):
    """Which claims to list."""

    limit: Limit = DEFAULT
    after: After = None


@router.get("/claims", summary="Claims, the youngest publication first")
def api_list_claims(request: Request, wanted: Annotated[ClaimQuery, Query()]) -> Page[ClaimRow]:
    """All conditions that are given hold; rejected claims are listed only where `review` asks for them."""
    more = wanted.model_copy(update={"limit": wanted.limit + 1})
    return make_page(load_claims(get_store(request), more), wanted.limit, lambda row: row.id)
