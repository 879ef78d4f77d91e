"""The audit: who signed in, decided, exported or changed an account; for administrators."""

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pipeline.review.page import get_store, render
from pipeline.review.wording import WORDS
from pipeline.store.audit import AuditFilter, load_acts

router = APIRouter(include_in_schema=False)

_ON_PAGE = 50
_LARGEST = 2**62  # numbers of acts fit into the database's


@router.get("/audit")
def list_audit(request: Request, who: str = "", what: str = "", before: int | None = None) -> Response:
    """The latest first."""
    start = None if before is None else min(max(before, 0), _LARGEST)
    wanted = AuditFilter(who=who.strip() or None, what=what.strip() or None, before=start, limit=_ON_PAGE + 1)
    found = load_acts(get_store(request), wanted)
    more = found[_ON_PAGE - 1].number if len(found) > _ON_PAGE else None
    details = {act.number: json.dumps(act.detail, ensure_ascii=False) if act.detail else "" for act in found}
    return render(request, "audit.html", **WORDS, acts=found[:_ON_PAGE], details=details, more=more, who=who, what=what)
