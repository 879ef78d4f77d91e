"""The audit for programs: who signed in, decided, exported or changed an account; for administrators."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from pipeline.review.api.paging import DEFAULT, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.store.audit import Act, AuditFilter, load_acts
from pipeline.store.filters import Filter

router = APIRouter(prefix="/api/v1", tags=["audit"])

_LARGEST = 2**62  # numbers of acts fit into the database's


class AuditQuery(Filter):
    """Which acts to list."""

    who: str | None = None
    what: str | None = Field(default=None, description="sign-in, sign-in refused, export, …")
    limit: Limit = DEFAULT
    after: int | None = Field(default=None, ge=0, le=_LARGEST, description="what `next` of the page before said")


@router.get("/audit", summary="What was done, the latest first")
def api_list_audit(request: Request, wanted: Annotated[AuditQuery, Query()]) -> Page[Act]:
    """Nothing leaves it."""
    asked = AuditFilter(who=wanted.who, what=wanted.what, before=wanted.after, limit=wanted.limit + 1)
    return make_page(load_acts(get_store(request), asked), wanted.limit, lambda act: str(act.number))
