"""What is to be reviewed, fifty at a time: one key decides and goes on to the next."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction, Queue, Review
from pipeline.errors import InputError
from pipeline.records import TRUSTED
from pipeline.review.forms import Sent, number_of, text_of
from pipeline.review.page import back, get_store, is_partial, render
from pipeline.review.views.article import prepare_controls
from pipeline.review.views.decide import say_decision
from pipeline.review.visitor import visitor
from pipeline.review.wording import cut, link_words
from pipeline.store.decisions import Decided, decide
from pipeline.store.progress import load_progress
from pipeline.store.queue import load_item, load_names, load_queue, load_theme_names
from pipeline.store.queue_rows import QueueFilter, QueueItem

router = APIRouter(include_in_schema=False)

ROWS = 50  #: on one page
_ASKED = ("queue", "kind", "publisher", "source", "theme", "after")
_DONE = {Review.ACCEPT: "Accepted", Review.REJECT: "Rejected", Review.UNSURE: "Unsure"}


@router.get("/queue")
def show_queue(request: Request) -> Response:
    """A page of a queue, with what is left and who decided how much."""
    store, wanted = get_store(request), read_wanted(request.url.query)
    found = load_queue(store, wanted.model_copy(update={"limit": ROWS + 1}))
    items = found[:ROWS]
    is_disputed = wanted.queue is Queue.DISPUTED
    return render(
        request,
        "queue.html",
        wanted=wanted,
        items=items,
        query=write_query(wanted),
        first_query=write_query(wanted, after=None),
        next_query=write_query(wanted, after=items[-1].id) if len(found) > ROWS else None,
        queues=[(each, write_query(QueueFilter(queue=each))) for each in Queue],
        progress=load_progress(store),
        publishers=() if is_disputed else load_names(store, "publisher"),
        sources=() if is_disputed else load_names(store, "source"),
        themes=() if is_disputed else load_theme_names(store),
        **_prepare_items(request),
    )


@router.post("/queue")
def decide_item(request: Request, form: Sent) -> Response:
    """One review; answered with the item as it is now, or by the way back to what is left of the queue."""
    review = read_review(form)
    new = NewDecision(
        who=visitor(request).name,
        record_id=text_of(form, "record_id"),
        action=DecisionAction(review.value),
        expected=number_of(form, "expected") if text_of(form, "expected") else None,
    )
    done = decide(get_store(request), new)
    said = _say(review, done)
    query = write_query(read_wanted(text_of(form, "query")))
    if not is_partial(request):
        return back(request, f"/queue?{query}", said=said)
    item = load_item(get_store(request), done.decision.record_id)
    answer = render(request, "_item_decided.html", item=item, query=query, **_prepare_items(request))
    answer.headers["X-Said"] = quote(said)
    return answer


@router.get("/queue/next")
def show_next(request: Request, after: Annotated[str | None, Query(max_length=40)] = None) -> Response:
    """The article of what comes first in a queue, at its words; of a disputed row its page."""
    wanted = read_wanted(request.url.query).model_copy(update={"limit": 1, "after": after})
    found = load_queue(get_store(request), wanted)
    if not found:
        return back(request, f"/queue?{write_query(wanted, after=None)}", said="Nothing is left in this queue.")
    return back(request, find_place(found[0]))


def find_place(item: QueueItem) -> str:
    """Where an item is read: in its article, or on its row's page."""
    return link_words(item.article_id, record_id=item.id) if item.article_id else f"/register/{item.id}"


def read_wanted(query: str) -> QueueFilter:
    """What a query string asks for; what is left empty is not asked.

    Raises:
        InputError: there is no such queue or kind.
    """
    pairs = {name: value for name, value in parse_qsl(query, max_num_fields=30) if name in _ASKED}
    try:
        return QueueFilter.model_validate(pairs)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{first['loc'][0]}: {first['msg']}") from error


def write_query(wanted: QueueFilter, **changed: str | None) -> str:
    """The same as a query string, with some of it changed: ``queue=doubtful&kind=claim``."""
    asked = wanted.model_dump(mode="json", include=set(_ASKED)) | changed
    return urlencode({name: asked[name] for name in _ASKED if asked[name]})


def read_review(form: Any) -> Review:  # noqa: ANN401 -- what a browser sent
    """Which review a button stands for.

    Raises:
        InputError: none.
    """
    try:
        return Review(text_of(form, "action"))
    except ValueError as error:
        raise InputError("Say accept, reject or unsure.") from error


def _prepare_items(request: Request) -> dict[str, Any]:
    return {"find_place": find_place, "cut": cut, "trusted": TRUSTED, **prepare_controls(request)}


def _say(review: Review, done: Decided) -> str:
    told = "; ".join(f"{each.who} {say_decision(each)}" for each in done.unseen[-3:])
    return f"{_DONE[review]}." + (f" Meanwhile {told}. Both are kept; yours holds." if told else "")
