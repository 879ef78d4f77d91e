"""Articles for programs: what was read, with its text, the records that it tells of, and what was decided of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from pipeline.records import Agreement, Claim, Entity
from pipeline.review.api.paging import DEFAULT, After, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.store.article_pages import load_article_page
from pipeline.store.articles import load_article
from pipeline.store.filters import ArticleFilter
from pipeline.store.records import load_extraction
from pipeline.store.row import Row
from pipeline.store.rows import ArticleRow, ArticleText
from pipeline.store.standing import load_standing
from pipeline.store.standing_rows import Standing

router = APIRouter(prefix="/api/v1", tags=["articles"])

ArticleId = Annotated[str, Path(examples=["ar-0123456789abcdef"], description="its id, or how that begins")]


class ArticleQuery(ArticleFilter):
    """Which articles to list."""

    limit: Limit = DEFAULT
    after: After = None


class ArticleRecords(Row):
    """What was extracted from an article, as it was extracted, and what people decided of it since."""

    article_id: str
    fingerprint: str  #: of the pipeline that extracted it
    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]
    claims: tuple[Claim, ...]
    standing: dict[str, Standing]  #: by the record's id; records that nobody decided on are left out


@router.get("/articles", summary="Articles, the youngest publication first")
def api_list_articles(request: Request, wanted: Annotated[ArticleQuery, Query()]) -> Page[ArticleRow]:
    """All conditions that are given hold."""
    asked = ArticleFilter(**wanted.model_dump(exclude={"limit", "after"}), limit=wanted.limit + 1)
    found = load_article_page(get_store(request), asked, after=wanted.after)
    return make_page(found, wanted.limit, lambda row: row.id)


@router.get("/articles/{article_id}", summary="An article with its text")
def api_show_article(request: Request, article_id: ArticleId) -> ArticleText:
    """Offsets of all records count code points of this text: `text[start:end]` are a record's words."""
    return load_article(get_store(request), article_id)


@router.get("/articles/{article_id}/records", summary="All records of an article, and what was decided of them")
def api_list_records(request: Request, article_id: ArticleId) -> ArticleRecords:
    """In the order of the text. `standing` has reviews and corrected values; an extracted value is never overwritten."""
    store = get_store(request)
    found = load_extraction(store, load_article(store, article_id).article.id)
    records: list[Entity | Agreement | Claim] = [*found.entities, *found.agreements, *found.claims]
    with store.begin() as connection:
        standing = load_standing(connection, [each.id for each in records])
    return ArticleRecords(
        article_id=found.article_id,
        fingerprint=found.fingerprint,
        entities=found.entities,
        agreements=found.agreements,
        claims=found.claims,
        standing=standing,
    )
