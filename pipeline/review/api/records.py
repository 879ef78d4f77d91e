"""Any record for programs, by its id alone."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request

from pipeline.records import Agreement, Claim, Entity
from pipeline.review.page import get_store
from pipeline.store.records import load_record
from pipeline.store.row import Row
from pipeline.store.rows import ArticleRow, RegisterPage, ThemeRow
from pipeline.store.standing_rows import Standing

router = APIRouter(prefix="/api/v1", tags=["records"])


class Found(Row):
    """What an id stands for, the articles that it quotes, and what people decided of it."""

    id: str
    kind: str
    record: ArticleRow | Agreement | Entity | Claim | RegisterPage | ThemeRow
    articles: tuple[ArticleRow, ...]
    standing: Standing | None


@router.get("/records/{record_id}", summary="What an id stands for")
def api_show_record(
    request: Request,
    record_id: Annotated[str, Path(examples=["cl-0123456789abcdef"], description="an id, or how it begins")],
) -> Found:
    """Articles (`ar-`), what one of them says (agreements `ag-`, entities `en-`, claims `cl-`), rows (`rw-`), themes (`th-`)."""
    found = load_record(get_store(request), record_id)
    articles = tuple(each.article for each in found.articles)
    return Found(id=found.id, kind=found.kind, record=found.record, articles=articles, standing=found.standing)
