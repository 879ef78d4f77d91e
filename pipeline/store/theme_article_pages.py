"""The articles of a theme by the page, the youngest publication first."""

from pydantic import Field
from sqlalchemy import and_, func, or_, select

from pipeline.errors import NotFoundError
from pipeline.records import IsoDate
from pipeline.store import schema
from pipeline.store.queries import is_current_revision
from pipeline.store.row import Row
from pipeline.store.store import Store


class ThemeArticle(Row):
    """An article most of whose passages are of a theme."""

    id: str
    title: str | None
    address: str
    publisher: str | None
    published: IsoDate | None
    words: int = Field(ge=0)


def load_theme_articles(store: Store, theme_id: str, *, limit: int, after: str | None = None) -> list[ThemeArticle]:
    """Articles of a theme, undated ones last.

    Args:
        store: the open store.
        theme_id: the theme's whole id.
        limit: how many.
        after: the last article of the page before.

    Raises:
        NotFoundError: that article is not of the theme.
    """
    member, article, revision = schema.theme_article, schema.article, schema.revision
    day = func.coalesce(member.c.day, "")
    facts = (article.c.id, revision.c.title, article.c.address, revision.c.publisher, revision.c.published)
    query = select(*facts, revision.c.words).where(
        member.c.theme_id == theme_id, article.c.id == member.c.article_id, is_current_revision()
    )
    with store.begin() as connection:
        if after:
            of_last = select(day).where(member.c.theme_id == theme_id, member.c.article_id == after)
            last = connection.execute(of_last).scalar()
            if last is None:
                raise NotFoundError(f"No article of this theme bears the id {after}, after which to go on.")
            query = query.where(or_(day < last, and_(day == last, member.c.article_id > after)))
        rows = connection.execute(query.order_by(day.desc(), member.c.article_id).limit(limit)).mappings()
        return [ThemeArticle(**row) for row in rows]
