"""Search over articles, agreements and claims, by words.

By meaning only the command line searches: the model that makes a vector of the words takes seconds to load and a hundred
megabytes to keep, which a page that starts at once and runs beside the database does without. The page says so.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pipeline.enumerations import AgreementKind, Authority, ClaimType, Review, Status
from pipeline.review.asked import Asked, read_filter
from pipeline.review.page import get_store, render
from pipeline.review.wording import WORDS
from pipeline.store.search import search as search_store
from pipeline.store.search_rows import SearchKind, SearchPage, SearchQuery

router = APIRouter(include_in_schema=False)

HITS = 20  #: on one page
#: What can be chosen from, by the name of the condition.
CHOICES = {
    "kinds": tuple(SearchKind),
    "kind": tuple(AgreementKind),
    "status": tuple(Status),
    "type": tuple(ClaimType),
    "review": tuple(Review),
    "authority": tuple(Authority),
}


@router.get("/search")
def search(request: Request) -> Response:
    """What has the words and holds the conditions, the best first, twenty on a page."""
    asked = read_filter(SearchQuery, request.query_params, limit=HITS)
    has_asked = any(name != "kinds" for name, _ in asked.pairs)
    found = search_store(get_store(request), asked.wanted) if asked.wanted and has_asked else None
    return render(
        request,
        "search.html",
        status=200 if asked.wanted else 422,
        asked=asked,
        found=found,
        choices=CHOICES,
        query=_find_query(asked),
        places=_find_places(asked, found),
        **WORDS,
    )


def _find_query(asked: Asked[SearchQuery]) -> str:
    """The query from its first page."""
    return asked.with_pair("offset", "")


def _find_places(asked: Asked[SearchQuery], found: SearchPage | None) -> dict[str, str]:
    """The pages before and after this one."""
    if found is None:
        return {}
    offset, places = found.query.offset, {}
    if offset > 0:
        places["Before"] = asked.with_pair("offset", max(offset - HITS, 0) or "")
    if offset + HITS < found.total:
        places["More"] = asked.with_pair("offset", offset + HITS)
    return places
