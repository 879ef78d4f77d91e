"""Runs: what was done, when and with what, how long it took, what failed in it, and what it changed."""

from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pipeline.review.comparing import compare_run
from pipeline.review.page import get_store, render
from pipeline.review.wording import WORDS
from pipeline.store.run_pages import load_run_page
from pipeline.store.runs import load_run

router = APIRouter(include_in_schema=False)

_ON_PAGE = 30
_CHANGES = 50


@router.get("/runs")
def list_runs(request: Request, after: str = "") -> Response:
    """The latest first."""
    found = load_run_page(get_store(request), limit=_ON_PAGE + 1, after=after or None)
    more = found[_ON_PAGE - 1].id if len(found) > _ON_PAGE else None
    return render(request, "runs.html", **WORDS, runs=found[:_ON_PAGE], more=more, after=after, say_took=say_took)


@router.get("/runs/{run_id}")
def show_run(request: Request, run_id: str) -> Response:
    """What it was given, what it took and counted, and what failed in it."""
    run = load_run(get_store(request), run_id)
    return render(request, "run.html", **WORDS, run=run, say_took=say_took)


@router.get("/runs/{run_id}/difference")
def show_run_difference(request: Request, run_id: str, before: str = "") -> Response:
    """What it extracted otherwise than an earlier run, or than what it found in its place."""
    store = get_store(request)
    run = load_run(store, run_id)
    diff = compare_run(store, run.id, before or None, limit=_CHANGES)
    return render(request, "run_difference.html", **WORDS, run=run, diff=diff)


def say_took(started: datetime, finished: datetime | None) -> str:
    """How long it took: ``4.2 s``, ``3 min 5 s``; an ellipsis while it runs."""
    if finished is None:
        return "…"
    seconds = (finished - started).total_seconds()
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds) // 60} min {int(seconds) % 60} s"
