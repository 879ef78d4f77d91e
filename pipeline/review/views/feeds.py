"""A saved search as an Atom feed, for any reader of feeds that the server lets in."""

import hashlib

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pipeline.exports.atom import render_feed
from pipeline.review.page import get_store
from pipeline.review.views.saved import find_saved_search
from pipeline.store.search import search_newest

router = APIRouter(include_in_schema=False)

# For each kind; readers ask again long before so much is new.
_ENTRIES = 50


@router.get("/feeds/{search_id}.atom")
def show_feed(request: Request, search_id: str) -> Response:
    """What fits a saved search, what came in last first; 304 where a reader has just that."""
    store = get_store(request)
    saved = find_saved_search(store, search_id)
    hits, _ = search_newest(store, saved.query.model_copy(update={"limit": _ENTRIES}))
    feed = render_feed(saved, hits, home=str(request.base_url)).encode()
    tag = f'"{hashlib.sha256(feed).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(feed, media_type="application/atom+xml", headers=headers)
