"""Who agreed what with whom: the list with its filters, as a table and on a line of time."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pipeline.enumerations import AgreementKind, Authority, PartyRole, Review, Status
from pipeline.review.asked import read_filter
from pipeline.review.drawings.rows import draw_rows
from pipeline.review.page import get_store, render
from pipeline.review.wording import WORDS
from pipeline.store.filters import RegisterFilter
from pipeline.store.register import load_register

router = APIRouter(include_in_schema=False)

ROWS = 50  #: on one page
#: What can be chosen from, by the name of the condition.
CHOICES = {
    "kind": tuple(AgreementKind),
    "status": tuple(Status),
    "role": tuple(PartyRole),
    "authority": tuple(Authority),
    "review": tuple(Review),
}


@router.get("/register")
def list_register(request: Request) -> Response:
    """Rows of the register that hold all conditions, the most recently told of first, fifty on a page."""
    asked = read_filter(RegisterFilter, request.query_params, limit=ROWS + 1, also=("view",))
    found = load_register(get_store(request), asked.wanted) if asked.wanted else []
    rows = found[:ROWS]
    return render(
        request,
        "register.html",
        status=200 if asked.wanted else 422,
        asked=asked,
        rows=rows,
        choices=CHOICES,
        drawing=draw_rows(rows) if asked.get("view") == "time" else None,
        next_query=asked.with_pair("after", rows[-1].id) if len(found) > ROWS else None,
        **WORDS,
    )
