"""Noting what a visitor does that is no decision: exports, and what administrators change."""

from starlette.requests import Request

from pipeline.review.page import get_store
from pipeline.review.visitor import visitor
from pipeline.store.accounts import By
from pipeline.store.audit import NewAct, note


def find_address(request: Request) -> str:
    """Where in the network the visitor is; behind a trusted proxy, what it says."""
    return request.client.host if request.client else ""


def find_by(request: Request) -> By:
    """Who does it and from where, as the store's functions for accounts and sessions take it."""
    return By(who=visitor(request).name, address=find_address(request))


def note_act(request: Request, what: str, subject: str | None = None, **detail: object) -> None:
    """Note what the visitor does: ``note_act(request, "export", "register.csv", rows=812)``."""
    act = NewAct(who=visitor(request).name, what=what, subject=subject, address=find_address(request), detail=detail)
    note(get_store(request), act)
