"""Taking back and making again, and the log that both stand in."""

import json
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, BackgroundTasks
from starlette.requests import Request
from starlette.responses import Response

from pipeline.decisions import Decision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError
from pipeline.jobs.decide import changes_links
from pipeline.jobs.link import link_register
from pipeline.review.forms import Sent, text_of
from pipeline.review.page import back, get_store, is_partial, render
from pipeline.review.views.article import prepare_controls
from pipeline.review.views.decide import say_decision
from pipeline.review.visitor import visitor
from pipeline.store.history import load_past_decisions, step_back, step_forward
from pipeline.store.undo import Undone, undo

router = APIRouter()

_PAGE = 50  # decisions on a page of the history
_STRUCTURE = (DecisionAction.CREATE, DecisionAction.MERGE, DecisionAction.SPLIT)


@router.post("/undo")
def undo_step(request: Request, form: Sent, later: BackgroundTasks) -> Response:
    """Take back what the visitor did last, wherever that was."""
    return _step(request, text_of(form, "next"), later, is_back=True)


@router.post("/redo")
def redo_step(request: Request, form: Sent, later: BackgroundTasks) -> Response:
    """Make again what the visitor took back last."""
    return _step(request, text_of(form, "next"), later, is_back=False)


@router.get("/steps")
def show_steps(request: Request) -> Response:
    """What can be taken back and made again; a part that any page may show."""
    return render(request, "_steps.html", **prepare_controls(request))


@router.get("/history")
def show_history(
    request: Request, who: str | None = None, article: str | None = None, before: int | None = None
) -> Response:
    """Who decided what, the newest first."""
    store = get_store(request)
    past = load_past_decisions(store, who=who or None, article_id=article or None, before=before, limit=_PAGE + 1)
    shown, query = past[:_PAGE], {"who": who, "article": article}
    more = {name: value for name, value in query.items() if value} | {
        "before": shown[-1].decision.number if shown else 0
    }
    return render(
        request,
        "history.html",
        past=[(each, say_decision(each.decision)) for each in shown],
        more=f"/history?{urlencode(more)}" if len(past) > _PAGE else None,
        who=who or "",
        article_id=article or "",
        **prepare_controls(request),
    )


@router.post("/history/{number}/undo")
def undo_decision(request: Request, number: int, form: Sent, later: BackgroundTasks) -> Response:
    """Take back one decision of the log, whoever made it; or bring back what it took back."""
    done = undo(get_store(request), number, who=visitor(request).name)
    _follow(request, done, later)
    return back(request, text_of(form, "next") or "/history", said=_say(done, "Took back"))


def _step(request: Request, following: str, later: BackgroundTasks, *, is_back: bool) -> Response:
    store, who = get_store(request), visitor(request).name
    try:
        done = step_back(store, who) if is_back else step_forward(store, who)
    except InputError as error:
        return _answer(request, following, str(error), ())
    _follow(request, done, later)
    return _answer(request, following, _say(done, "Took back" if is_back else "Made again"), done.made)


def _answer(request: Request, following: str, said: str, made: tuple[Decision, ...]) -> Response:
    if not is_partial(request):
        return back(request, following or "/history", said=said)
    answer = render(request, "_steps.html", **prepare_controls(request))
    answer.headers["X-Said"] = quote(said)
    if made:
        touched = {"ids": [each.record_id for each in made], "isMoved": any(map(_is_moved, made)), "said": said}
        answer.headers["HX-Trigger"] = json.dumps({"entente:touched": touched})
    return answer


def _follow(request: Request, done: Undone, later: BackgroundTasks) -> None:
    """Have the register linked anew once the answer is given, where who stands with whom has changed."""
    if any(map(changes_links, done.made)):
        later.add_task(link_register, get_store(request))


def _is_moved(made: Decision) -> bool:
    """Whether marks in the text are others now: of places that changed, and of records that came or went."""
    is_structure = made.field is None and isinstance(made.before or made.after, dict)
    return is_structure or made.field in {"mentions", "content", "cue"}


def _say(done: Undone, verb: str) -> str:
    first: Any = done.made[0]
    what = f"{len(done.made)} decisions" if len(done.made) > 1 else _name(first)
    passed = f" Left as it is: {next(iter(done.left.values()))}" if done.left else ""
    return f"{verb} {what}.{passed}"


def _name(made: Decision) -> str:
    return f"what was decided of its {made.field}" if made.field else "what was decided"
