"""What is to be reviewed, for programs: in the order in which a look is worth most, and how far it has come."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from pipeline.review.api.paging import DEFAULT, After, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.store.precision import By, Precision, load_precision
from pipeline.store.progress import load_progress
from pipeline.store.queue import load_queue
from pipeline.store.queue_rows import Progress, QueueFilter, QueueItem

router = APIRouter(prefix="/api/v1", tags=["queue"])


class QueueQuery(QueueFilter):
    """What to look at next."""

    limit: Limit = DEFAULT
    after: After = None


@router.get("/queue", summary="What is to be reviewed, the most doubtful first")
def api_list_queue(request: Request, wanted: Annotated[QueueQuery, Query()]) -> Page[QueueItem]:
    """By doubt, by disagreement between articles, by source, publisher or theme."""
    asked = QueueFilter(**wanted.model_dump(exclude={"limit"}), limit=wanted.limit + 1)
    return make_page(load_queue(get_store(request), asked), wanted.limit, lambda item: item.id)


@router.get("/progress", summary="How far reviewing has come, and who decided how much")
def api_show_progress(request: Request) -> Progress:
    """What is open is counted up to a limit; `is_more` says that there is more."""
    return load_progress(get_store(request))


@router.get("/precision", summary="How right each rule and model is, as people's decisions have it")
def api_show_precision(request: Request, by: Annotated[By, Query()] = "rule") -> tuple[Precision, ...]:
    """Of what was looked at, not of all there is; people look at what is doubtful first."""
    return tuple(load_precision(get_store(request), by))
