"""The quarantine: what could not be read, and why. The page marks what is to be tried again; the next run reads it."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipeline.review.audit import note_act
from pipeline.review.page import back, get_store, render
from pipeline.review.wording import WORDS
from pipeline.store.quarantine import drop_failures, load_failure, load_quarantine, mark_due

router = APIRouter(include_in_schema=False)

_ON_PAGE = 50


@router.get("/quarantine")
def list_quarantine(request: Request, after: str = "") -> Response:
    """The latest first."""
    found = load_quarantine(get_store(request), limit=_ON_PAGE + 1, after=after or None)
    more = found[_ON_PAGE - 1].id if len(found) > _ON_PAGE else None
    return render(request, "quarantine.html", **WORDS, failures=found[:_ON_PAGE], more=more, after=after)


@router.get("/quarantine/{failure_id}")
def show_quarantined(request: Request, failure_id: str) -> Response:
    """One failure, with all that is known of it."""
    return render(request, "quarantined.html", **WORDS, row=load_failure(get_store(request), failure_id).failure)


@router.get("/quarantine/{failure_id}/bytes")
def download_quarantined(request: Request, failure_id: str) -> Response:
    """The bytes that failed, as a file: a browser must not open what nobody could read."""
    found = load_failure(get_store(request), failure_id)
    if found.raw is None:
        raise HTTPException(404, "Nothing was there when it failed: there are no bytes.")
    headers = {"Content-Disposition": f'attachment; filename="{found.failure.id}.bin"'}
    return Response(found.raw, media_type="application/octet-stream", headers=headers)


@router.post("/quarantine/{failure_id}/retry")
def retry_quarantined(request: Request, failure_id: str) -> Response:
    """Due from now on: the flow retry-quarantine reads it, or entente quarantine retry --due."""
    mark_due(get_store(request), [failure_id])
    note_act(request, "quarantine retry", failure_id)
    return back(request, "/quarantine", said="It is due now: the next run tries it again.")


@router.post("/quarantine/{failure_id}/dismiss")
def dismiss_quarantined(request: Request, failure_id: str) -> Response:
    """Off the list; its bytes stay, and one that fails anew is back."""
    drop_failures(get_store(request), [failure_id])
    note_act(request, "quarantine dismissed", failure_id)
    return back(request, "/quarantine", said="It is off the list, and its bytes are kept.")
