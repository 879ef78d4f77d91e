"""The morning brief: what changed, in at most twenty lines."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pipeline.brief.make import make_brief
from pipeline.brief.render import summarise
from pipeline.review.page import get_store, render
from pipeline.review.since import read_moment
from pipeline.review.wording import WORDS

router = APIRouter(include_in_schema=False)


@router.get("/brief")
def show_brief(request: Request, since: str = "") -> Response:
    """Since a day, or since one day before the newest article came in."""
    brief = make_brief(get_store(request), since=read_moment(since))
    return render(request, "brief.html", **WORDS, brief=brief, summary=summarise(brief), since=since)
