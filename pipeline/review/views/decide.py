"""Deciding on a record: accept, reject, unsure, correct a field, note; and the same of all that has the same words."""

from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from pipeline.decisions import Decision, NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError
from pipeline.review.fields import find_control, find_sort, read_value, show_choice, show_value
from pipeline.review.forms import Sent, number_of, text_of
from pipeline.review.page import back, get_store, is_partial, render
from pipeline.review.views.article import prepare_card
from pipeline.review.visitor import visitor
from pipeline.store.decisions import decide
from pipeline.store.reading import load_story
from pipeline.store.same import MOST, Scope, count_same, decide_same

router = APIRouter()

_ACTIONS = ("accept", "reject", "unsure", "correct", "note")
_DONE = {"accept": "Accepted", "reject": "Rejected", "unsure": "Unsure", "correct": "Corrected", "note": "Noted"}


@router.post("/decide")
def decide_record(request: Request, form: Sent) -> Response:
    """One decision; answered with the record's card, or by the way back to its article."""
    record_id, new = text_of(form, "record_id"), _read_decision(request, form)
    try:
        done = decide(get_store(request), new)
    except InputError as error:
        if not is_partial(request):
            raise
        return _answer(request, form, record_id, Told(str(error), str(error), is_wrong=True))
    unseen = _say_unseen(done.unseen)
    return _answer(request, form, done.decision.record_id, Told(f"{_say_done(done.decision)} {unseen}".strip(), unseen))


@router.get("/articles/{article_id}/records/{record_id}/same")
def show_same(request: Request, article_id: str, record_id: str, number: int = 0) -> Response:
    """How many others have the same words, before anything is decided of them."""
    same = count_same(get_store(request), record_id, who=visitor(request).name)
    values: dict[str, Any] = {
        "article_id": article_id,
        "record_id": record_id,
        "number": number,
        "same": same,
        "most": MOST,
    }
    return render(request, "article_same.html", say=say_decision(same.decision), **values)


@router.post("/articles/{article_id}/records/{record_id}/same")
def decide_same_words(request: Request, article_id: str, record_id: str, form: Sent) -> Response:
    """Take one's last decision on a record over to all that has the same words."""
    scope: Scope = "all" if text_of(form, "scope") == "all" else "article"
    expected, who = number_of(form, "expected"), visitor(request).name
    made = decide_same(get_store(request), record_id, who=who, scope=scope, expected=expected)
    query = urlencode({"record": record_id})
    return back(
        request, f"/articles/{article_id}?{query}#record", said=f"Decided on {len(made)} more; z takes it back."
    )


def say_decision(made: Decision) -> str:
    """A decision in words: ``corrected status: signed → in force``."""
    field = f" {show_choice(made.field)}" if made.field else ""
    if made.action is DecisionAction.CORRECT:
        return f"corrected{field}: {show_value(made.before)} → {show_value(made.after)}"
    if made.action is DecisionAction.NOTE:
        return f"noted: {made.after}"
    if made.action is DecisionAction.UNDO:
        return f"took back decision {made.undoes}"
    return _VERBS[made.action] + field


_VERBS = {
    DecisionAction.ACCEPT: "accepted",
    DecisionAction.REJECT: "rejected",
    DecisionAction.UNSURE: "was unsure",
    DecisionAction.CREATE: "added",
    DecisionAction.MERGE: "merged",
    DecisionAction.SPLIT: "split",
}


def _read_decision(request: Request, form: FormData) -> NewDecision:
    action, record_id, field = (text_of(form, name) for name in ("action", "record_id", "field"))
    if action not in _ACTIONS:
        raise InputError(f"“{action[:20]}” is no decision on a record: {', '.join(_ACTIONS)} are.")
    find_sort(record_id)  # before anything is decided: only what stands in an article has a card to answer with
    value: Any = None
    if action == "note":
        value = text_of(form, "note")
    elif action == "correct":
        value = read_value(find_control(record_id, field), form)
    return NewDecision(
        who=visitor(request).name,
        record_id=record_id,
        action=DecisionAction(action),
        field=field or None,
        value=value,
        expected=number_of(form, "expected") if text_of(form, "expected") else None,
    )


class Told(NamedTuple):
    """What is said of a decision: for a moment, and on the card itself."""

    said: str
    noted: str = ""
    is_wrong: bool = False


def _answer(request: Request, form: FormData, record_id: str, told: Told) -> Response:
    story = load_story(get_store(request), record_id)
    number, is_open = number_of(form, "number"), bool(text_of(form, "open"))
    page = number_of(form, "page", default=1)
    if not is_partial(request):
        query = urlencode({"page": page} | ({"record": record_id} if is_open else {}))
        return back(request, f"/articles/{story.read.article_id}?{query}#r{number}", said=told.said)
    values = prepare_card(request, story, number, is_open=is_open)
    answer = render(request, "_decided.html", problem=told.noted or None, is_wrong=told.is_wrong, page=page, **values)
    answer.headers["X-Said"] = quote(told.said)
    return answer


def _say_done(made: Decision) -> str:
    field = f" {show_choice(made.field)}" if made.field else ""
    return f"{_DONE[made.action.value]}{field}."


def _say_unseen(unseen: tuple[Decision, ...]) -> str:
    """What somebody else decided meanwhile: both are kept, and the second is told."""
    if not unseen:
        return ""
    told = "; ".join(f"{each.who} {say_decision(each)}" for each in unseen[-3:])
    return f"Meanwhile {told}. Both are kept; yours holds."
