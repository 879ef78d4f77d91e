"""The quarantine for programs: what could not be read, why, and having it tried again."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from pipeline.review.api.paging import DEFAULT, After, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.store.quarantine import drop_failures, load_failure, load_quarantine, mark_due
from pipeline.store.rows import FailureRow

router = APIRouter(prefix="/api/v1", tags=["quarantine"])

FailureId = Annotated[str, Path(examples=["qu-0123456789abcdef"], description="its id, or how that begins")]


@router.get("/quarantine", summary="What could not be read, the latest first")
def api_list_quarantine(
    request: Request, limit: Annotated[Limit, Query()] = DEFAULT, after: Annotated[After, Query()] = None
) -> Page[FailureRow]:
    """An article leaves the list once it succeeds or is dismissed."""
    found = load_quarantine(get_store(request), limit=limit + 1, after=after)
    return make_page(found, limit, lambda row: row.id)


@router.get("/quarantine/{failure_id}", summary="A failure")
def api_show_failure(request: Request, failure_id: FailureId) -> FailureRow:
    """One that is resolved or dismissed by now is found too."""
    return load_failure(get_store(request), failure_id).failure


@router.post("/quarantine/{failure_id}/retry", summary="Have it tried again by the next run")
def api_retry_failure(request: Request, failure_id: FailureId) -> FailureRow:
    """It is due from now on; the flow retry-quarantine, or entente quarantine retry --due, reads it."""
    store = get_store(request)
    mark_due(store, [failure_id])
    return load_failure(store, failure_id).failure


@router.post("/quarantine/{failure_id}/dismiss", summary="Take it off the list and try it no more")
def api_dismiss_failure(request: Request, failure_id: FailureId) -> FailureRow:
    """Its bytes stay. One that fails anew is back."""
    store = get_store(request)
    drop_failures(store, [failure_id])
    return load_failure(store, failure_id).failure
