"""Who claims what: the list by speaker and type, with its filters."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pipeline.enumerations import ClaimType, Review
from pipeline.review.asked import read_filter
from pipeline.review.page import get_store, render
from pipeline.review.quoting import load_quotes
from pipeline.review.wording import WORDS
from pipeline.store.filters import ClaimFilter
from pipeline.store.records import load_claims

router = APIRouter(include_in_schema=False)

ROWS = 50  #: on one page
CHOICES = {"type": tuple(ClaimType), "review": tuple(Review)}


@router.get("/claims")
def list_claims(request: Request) -> Response:
    """Claims that hold all conditions, the youngest publication first, fifty on a page, each in its sentence."""
    store = get_store(request)
    asked = read_filter(ClaimFilter, request.query_params, limit=ROWS + 1)
    found = load_claims(store, asked.wanted) if asked.wanted else []
    rows = found[:ROWS]
    return render(
        request,
        "claims.html",
        status=200 if asked.wanted else 422,
        asked=asked,
        rows=rows,
        choices=CHOICES,
        quote=load_quotes(store, ((row.article_id, row.spans[0]) for row in rows)),
        next_query=asked.with_pair("after", rows[-1].id) if len(found) > ROWS else None,
        **WORDS,
    )
