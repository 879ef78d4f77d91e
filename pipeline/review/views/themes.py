"""Themes: their list, one of them, their map, and how they change over time."""

from typing import Annotated

from fastapi import APIRouter, Form
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError
from pipeline.jobs.trends import PERIODS, OverTime, draw_theme_map, draw_themes_over_time, load_over_time
from pipeline.review.page import back, get_store, render
from pipeline.review.visitor import visitor
from pipeline.review.wording import WORDS
from pipeline.store.decisions import decide
from pipeline.store.theme_article_pages import load_theme_articles
from pipeline.store.theme_articles import Unit
from pipeline.store.theme_pages import load_theme
from pipeline.store.themes import load_themes
from pipeline.themes.pictures import Frame

router = APIRouter(include_in_schema=False)

_ON_PAGE = 50
_ARTICLES = 25
#: A picture in a page: six dots a theme are 12 KiB of a map of forty, all of them would be 500.
_FRAME = Frame(is_alone=False, link="/themes/", dots=6)
_SHOWN_TRENDS = 30  # as many as the picture has
_UNITS: dict[str, Unit] = {"week": "week", "month": "month"}


@router.get("/themes")
def list_themes(request: Request, page: int = 1) -> Response:
    """The largest first."""
    found = load_themes(get_store(request))
    number = min(max(page, 1), max(-(-len(found) // _ON_PAGE), 1))
    rows = found[(number - 1) * _ON_PAGE : number * _ON_PAGE]
    more = number + 1 if number * _ON_PAGE < len(found) else None
    return render(request, "themes.html", **WORDS, themes=rows, total=len(found), number=number, more=more)


@router.get("/themes/map")
def show_theme_map(request: Request) -> Response:
    """Like near like; each theme of the map is a link, and all themes stand in a table below."""
    store = get_store(request)
    picture = Markup(draw_theme_map(store, _FRAME))  # noqa: S704 -- drawn by us, every word in it escaped
    return render(request, "theme_map.html", **WORDS, picture=picture, themes=load_themes(store)[:_ON_PAGE])


@router.get("/themes/map.svg")
def download_theme_map(request: Request) -> Response:
    """The map as a file that stands alone, with what each dot says."""
    return _send_picture(draw_theme_map(get_store(request)), "themes-map.svg")


@router.get("/themes/over-time")
def show_themes_over_time(request: Request, by: str = "week", periods: int = PERIODS) -> Response:
    """Each theme's share of the articles of each week or month; which rise and which fall."""
    found = _load(request, by, periods)
    picture = Markup(draw_themes_over_time(found, _FRAME))  # noqa: S704 -- drawn by us, every word in it escaped
    themes = sorted(found.themes, key=lambda each: (each.direction == "steady", -sum(each.articles), each.id))
    return render(
        request, "theme_trends.html", **WORDS, picture=picture, found=found, themes=themes[:_SHOWN_TRENDS], by=by
    )


@router.get("/themes/over-time.svg")
def download_themes_over_time(request: Request, by: str = "week", periods: int = PERIODS) -> Response:
    """The same as a file that stands alone."""
    return _send_picture(draw_themes_over_time(_load(request, by, periods)), "themes-over-time.svg")


@router.get("/themes/{theme_id}")
def show_theme(request: Request, theme_id: str, after: str = "") -> Response:
    """What it says, its articles, who publishes and speaks in it, how it changes, and what became of it."""
    store = get_store(request)
    found = load_theme(store, theme_id)
    articles = load_theme_articles(store, found.theme.id, limit=_ARTICLES + 1, after=after or None)
    over_time = load_over_time(store, "month")
    trend = next((each for each in over_time.themes if each.id == found.theme.id), None)
    return render(
        request,
        "theme.html",
        **WORDS,
        found=found,
        articles=articles[:_ARTICLES],
        next_after=articles[_ARTICLES - 1].id if len(articles) > _ARTICLES else None,
        after=after,
        over_time=over_time,
        trend=trend,
        picture=_draw_one(over_time, found.theme.id),
    )


@router.post("/themes/{theme_id}/name")
def rename_theme(request: Request, theme_id: str, name: Annotated[str, Form()]) -> Response:
    """A decision like others, that stays when all is clustered once more."""
    store, who = get_store(request), visitor(request).name
    full_id = load_theme(store, theme_id).theme.id
    new = NewDecision(who=who, record_id=full_id, field="label", action=DecisionAction.CORRECT, value=name.strip())
    decide(store, new)
    return back(request, f"/themes/{full_id}", said=f"It is called {name.strip()} now.")


def _load(request: Request, by: str, periods: int) -> OverTime:
    if by not in _UNITS or not 3 <= periods <= 120:
        raise InputError("Themes over time are shown by week or month, for 3 to 120 of them.")
    return load_over_time(get_store(request), _UNITS[by], periods=periods)


def _draw_one(found: OverTime, theme_id: str) -> Markup | None:
    own = tuple(each for each in found.themes if each.id == theme_id)
    if not own:
        return None
    frame = Frame(is_alone=False)
    return Markup(draw_themes_over_time(found.model_copy(update={"themes": own}), frame))  # noqa: S704 -- as above


def _send_picture(picture: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(picture, media_type="image/svg+xml", headers=headers)
