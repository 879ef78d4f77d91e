"""The register for programs: rows, and a row with its time line, its differences and its observations."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from pipeline.records import IsoDate
from pipeline.review.api.paging import DEFAULT, After, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.store.filters import RegisterFilter
from pipeline.store.records import find_row_id
from pipeline.store.register import load_register
from pipeline.store.register_rows import RegisterPage, RegisterRow
from pipeline.store.row_pages import load_row

router = APIRouter(prefix="/api/v1", tags=["register"])


class RegisterQuery(RegisterFilter):
    """Which rows of the register to list."""

    limit: Limit = DEFAULT
    after: After = None


@router.get("/register", summary="Rows of the register, the most recently published first")
def api_list_register(request: Request, wanted: Annotated[RegisterQuery, Query()]) -> Page[RegisterRow]:
    """All conditions that are given hold. With `as_of` rows stand as a reader of that day's articles knew them."""
    more = wanted.model_copy(update={"limit": wanted.limit + 1})
    return make_page(load_register(get_store(request), more), wanted.limit, lambda row: row.id)


@router.get("/register/{row_id}", summary="A row with all that is known of it")
def api_show_row(
    request: Request,
    row_id: Annotated[str, Path(examples=["rw-0123456789abcdef"], description="its id, or how that begins")],
    as_of: Annotated[IsoDate | None, Query(description="as a reader of articles published until then knew it")] = None,
    before: Annotated[str | None, Query(description="`earlier` of the page before: older observations")] = None,
) -> RegisterPage:
    """Its acts, parties, differences, due dates and fifty of its observations; of a merged row where it went."""
    store = get_store(request)
    return load_row(store, find_row_id(store, row_id), as_of=as_of, before=before)
