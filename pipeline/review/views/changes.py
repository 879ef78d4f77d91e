"""What changed since one last looked; each visitor has a look of their own."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from pipeline.errors import InputError
from pipeline.review.page import back, get_store, render
from pipeline.review.since import find_since, read_moment
from pipeline.review.visitor import visitor
from pipeline.review.wording import WORDS
from pipeline.store.changes import load_changes
from pipeline.store.looks import load_look, save_look, step_back

router = APIRouter(include_in_schema=False)

#: How much of each list stands on the page; all of it is counted. With quotes these are 60 KiB at most.
_SHOWN = 15


@router.get("/changes")
def show_changes(request: Request, since: str = "") -> Response:
    """Since a day, or since the visitor's last look; looking at the page alone marks nothing as seen."""
    store, name = get_store(request), visitor(request).name
    until = datetime.now(UTC)
    start = read_moment(since) or find_since(store, name)
    changes = load_changes(store, since=start)
    return render(
        request,
        "changes.html",
        **WORDS,
        changes=changes,
        look=load_look(store, name),
        start=start,
        until=until.isoformat(),
        since=since,
        shown=_SHOWN,
        themes=[each for each in changes.themes if each.recent],
    )


@router.post("/changes/seen")
def mark_changes_seen(request: Request, until: Annotated[str, Form()]) -> Response:
    """All that came in until the page was made is seen; what came in while it was read is not."""
    moment = read_moment(until)
    if moment is None or moment > datetime.now(UTC):
        raise InputError("What is to come cannot have been seen: open the page of changes again.")
    save_look(get_store(request), visitor(request).name, moment)
    return back(request, "/changes", said="All until now is marked as seen.")


@router.post("/changes/unseen")
def mark_changes_unseen(request: Request) -> Response:
    """Back to the look before."""
    step_back(get_store(request), visitor(request).name)
    return back(request, "/changes", said="You are back at your look before.")
