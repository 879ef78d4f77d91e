"""How right each rule and model is, by what people decided of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from pipeline.records import TRUSTED
from pipeline.review.page import get_store, render
from pipeline.store.precision import MOST, load_mended, load_precision, sum_up

router = APIRouter(include_in_schema=False)


@router.get("/precision")
def show_precision(request: Request, by: Annotated[Literal["rule", "version"], Query()] = "rule") -> Response:
    """Rules and models with shares, intervals and counts, and which of their fields people correct."""
    store = get_store(request)
    rows = load_precision(store, by)
    kinds = [kind for kind in ("agreement", "claim", "entity") if any(row.kind == kind for row in rows)]
    return render(
        request,
        "precision.html",
        by=by,
        tables=[(kind, [row for row in rows if row.kind == kind], sum_up(rows, kind)) for kind in kinds],
        mended=load_mended(store),
        most=MOST,
        trusted=TRUSTED,
    )
