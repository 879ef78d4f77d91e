"""What changed, for programs: since a moment, since one last looked, and as the morning brief."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, Field
from starlette.requests import Request

from pipeline.brief.make import make_brief
from pipeline.brief.page import Brief
from pipeline.errors import InputError
from pipeline.review.page import get_store
from pipeline.review.since import find_since
from pipeline.review.visitor import visitor
from pipeline.store.changes import load_changes
from pipeline.store.looks import Look, load_look, save_look
from pipeline.store.row import Row
from pipeline.store.rows import Changes

router = APIRouter(prefix="/api/v1", tags=["changes"])

Since = Annotated[
    AwareDatetime | None, Query(description="a moment with its time zone", examples=["2025-07-17T06:00:00Z"])
]


class NewLook(Row):
    """Until when one has seen what changed."""

    at: AwareDatetime = Field(examples=["2025-07-17T06:00:00Z"])


@router.get("/changes", summary="What changed since a moment, or since you last looked")
def api_show_changes(request: Request, since: Since = None) -> Changes:
    """New is what the store saw first since then, whenever it was published. Asking changes nothing: see last-look."""
    store = get_store(request)
    return load_changes(store, since=since or find_since(store, visitor(request).name))


@router.get("/changes/last-look", summary="Until when you have seen what changed")
def api_show_last_look(request: Request) -> Look | None:
    """Null where you never looked."""
    return load_look(get_store(request), visitor(request).name)


@router.put("/changes/last-look", summary="Note until when you have seen what changed")
def api_save_last_look(request: Request, new: NewLook) -> Look:
    """An earlier moment than the last one changes nothing."""
    if new.at > datetime.now(UTC):
        raise InputError("What is to come cannot have been seen: give a moment that has passed.")
    return save_look(get_store(request), visitor(request).name, new.at)


@router.get("/brief", summary="The morning brief: what changed, in at most twenty lines")
def api_show_brief(request: Request, since: Since = None) -> Brief:
    """Since one day before the newest article came in, where no moment is given."""
    return make_brief(get_store(request), since=since)
