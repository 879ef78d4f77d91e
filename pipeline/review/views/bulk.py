"""One review of exactly what a page shows: counted and confirmed first, one batch in the log, undone as a whole."""

from collections import Counter
from itertools import islice

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from pipeline.errors import InputError
from pipeline.review.forms import Sent, number_of, text_of
from pipeline.review.page import back, get_store, render
from pipeline.review.views.queue import read_review, read_wanted, write_query
from pipeline.review.visitor import visitor
from pipeline.review.wording import cut
from pipeline.store.bulk import MOST, DoneBulk, NewBulk, decide_bulk
from pipeline.store.queue import load_queue_items

router = APIRouter(include_in_schema=False)

_SAID = {"accept": "accepted", "reject": "rejected", "unsure": "marked as unsure"}


@router.post("/bulk")
def show_bulk(request: Request, form: Sent) -> Response:
    """What is about to be decided, with its number; nothing is decided yet."""
    review, seen = read_review(form), read_seen(form)
    items = load_queue_items(get_store(request), list(seen))
    return render(
        request,
        "bulk.html",
        action=review.value,
        done=_SAID[review.value],
        seen=seen,
        items=items,
        kinds=sorted(Counter(item.kind for item in items).items()),
        query=write_query(read_wanted(text_of(form, "query"))),
        cut=cut,
    )


@router.post("/bulk/decide")
def decide_all_seen(request: Request, form: Sent) -> Response:
    """Decide on all of it, where as many were sent as were confirmed."""
    review, seen = read_review(form), read_seen(form)
    if number_of(form, "count") != len(seen):
        raise InputError(f"{text_of(form, 'count')} were confirmed and {len(seen)} sent: look at the page again.")
    done = decide_bulk(get_store(request), NewBulk(who=visitor(request).name, action=review, seen=seen))
    query = write_query(read_wanted(text_of(form, "query")))
    return back(request, f"/queue?{query}", said=_say(done, _SAID[review.value]))


def read_seen(form: FormData) -> dict[str, int]:
    """The records that a form names, each with the newest decision that was seen: ``ag-1f3c…:12``.

    Raises:
        InputError: there are none, too many, or one is written otherwise.
    """
    pairs = [str(each).rpartition(":") for each in islice(form.getlist("seen"), MOST + 1)]
    if not 0 < len(pairs) <= MOST:
        raise InputError("Nothing is left on that page to decide." if not pairs else f"At most {MOST} at once.")
    if any(not record_id or not number.isdecimal() or len(number) > 12 for record_id, _, number in pairs):
        raise InputError("What was sent names no records: look at the page again.")
    return {record_id: int(number) for record_id, _, number in pairs}


def _say(done: DoneBulk, verb: str) -> str:
    left = f" {len(done.left)} left as they are: {next(iter(done.left.values()))}." if done.left else ""
    return f"{len(done.decided)} {verb} (batch {done.batch}); Undo takes all of it back.{left}"
