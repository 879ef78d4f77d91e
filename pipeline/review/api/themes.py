"""Themes for programs: what the articles are about, and how that changes."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import NotFoundError
from pipeline.jobs.trends import PERIODS, OverTime, load_over_time
from pipeline.records import IsoDate
from pipeline.review.api.paging import DEFAULT, After, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.review.visitor import visitor
from pipeline.store.decisions import Decided, decide
from pipeline.store.row import Row
from pipeline.store.rows import ThemeRow
from pipeline.store.theme_articles import Unit
from pipeline.store.theme_pages import load_theme
from pipeline.store.theme_rows import ThemePage
from pipeline.store.themes import load_themes

router = APIRouter(prefix="/api/v1", tags=["themes"])

ThemeId = Annotated[str, Path(examples=["th-0123456789abcdef"], description="its id, or how that begins")]


class NewName(Row):
    """What a theme is to be called from now on."""

    name: str = Field(min_length=1, max_length=200, examples=["Long-range strike"])


@router.get("/themes", summary="Themes, the largest first")
def api_list_themes(
    request: Request, limit: Annotated[Limit, Query()] = DEFAULT, after: Annotated[After, Query()] = None
) -> Page[ThemeRow]:
    """A theme's size is its number of passages and claims."""
    found = load_themes(get_store(request))
    ids = [each.id for each in found]
    if after is not None and after not in ids:
        raise NotFoundError(f"No theme bears the id {after}, after which to go on.")
    start = ids.index(after) + 1 if after else 0
    return make_page(found[start : start + limit + 1], limit, lambda row: row.id)


@router.get("/themes-over-time", summary="Which themes rise and fall")
def api_show_themes_over_time(
    request: Request,
    by: Annotated[Unit, Query(description="weeks or months")] = "week",
    periods: Annotated[int, Query(ge=3, le=120)] = PERIODS,
    until: Annotated[IsoDate | None, Query(description="a day; that of the newest article by default")] = None,
) -> OverTime:
    """Shares of the articles of each week or month; the last third of the time is compared with the rest."""
    return load_over_time(get_store(request), by, periods=periods, until=until)


@router.get("/themes/{theme_id}", summary="A theme: who publishes and speaks in it, and what became of it")
def api_show_theme(request: Request, theme_id: ThemeId) -> ThemePage:
    """With its exemplars, the passages and claims nearest to its centre."""
    return load_theme(get_store(request), theme_id)


@router.put("/themes/{theme_id}/name", summary="Rename a theme")
def api_rename_theme(request: Request, theme_id: ThemeId, new: NewName) -> Decided:
    """A decision like others: the name stays when all is clustered once more, and can be undone."""
    full_id = load_theme(get_store(request), theme_id).theme.id
    who = visitor(request).name
    wanted = NewDecision(
        who=who, record_id=full_id, field="label", action=DecisionAction.CORRECT, value=new.name.strip()
    )
    return decide(get_store(request), wanted)
