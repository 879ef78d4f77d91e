"""Runs for programs: what was done, when and with what, and what it changed."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from pipeline.exports.differences import RunDiff
from pipeline.review.api.paging import DEFAULT, After, Limit, Page, make_page
from pipeline.review.comparing import compare_run
from pipeline.review.page import get_store
from pipeline.store.run_pages import load_run_page
from pipeline.store.run_rows import RunRow
from pipeline.store.runs import load_run

router = APIRouter(prefix="/api/v1", tags=["runs"])

RunId = Annotated[str, Path(examples=["rn-0123456789abcdef"], description="its id, or how that begins")]


@router.get("/runs", summary="Runs of flows and commands, the latest first")
def api_list_runs(
    request: Request, limit: Annotated[Limit, Query()] = DEFAULT, after: Annotated[After, Query()] = None
) -> Page[RunRow]:
    """With their settings, versions, counts, times and failures."""
    found = load_run_page(get_store(request), limit=limit + 1, after=after)
    return make_page(found, limit, lambda row: row.id)


@router.get("/runs/{run_id}", summary="A run")
def api_show_run(request: Request, run_id: RunId) -> RunRow:
    """With its settings, versions, counts, times and failures."""
    return load_run(get_store(request), run_id)


@router.get("/runs/{run_id}/difference", summary="What a run changed")
def api_show_run_difference(
    request: Request,
    run_id: RunId,
    before: Annotated[str | None, Query(description="an earlier run; what it found in its place by default")] = None,
    limit: Annotated[Limit, Query()] = DEFAULT,
) -> RunDiff:
    """All changed records are counted, `limit` of them listed; of a run of more than 2,000 extractions `entente diff` says it."""
    return compare_run(get_store(request), run_id, before, limit=limit)
