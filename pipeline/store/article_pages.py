"""Articles by the page, in the order of their list."""

from sqlalchemy import Connection, and_, func, or_, select

from pipeline.errors import NotFoundError
from pipeline.store import schema
from pipeline.store.articles import select_wanted_articles
from pipeline.store.filters import ArticleFilter
from pipeline.store.queries import is_current_revision
from pipeline.store.rows import ArticleRow
from pipeline.store.store import Store


def load_article_page(store: Store, wanted: ArticleFilter, *, after: str | None = None) -> list[ArticleRow]:
    """Articles, the youngest publication first, undated ones last; with a limit, those ``after`` the last of the page before.

    Raises:
        NotFoundError: there is no article ``after`` which to go on.
    """
    article, revision = schema.article, schema.revision
    query = select_wanted_articles(wanted)
    with store.begin() as connection:
        if after:
            day = func.coalesce(revision.c.published, "")  # below every day: undated ones stand last
            last = _find_day(connection, after)
            query = query.where(or_(day < last, and_(day == last, article.c.id > after)))
        return [ArticleRow(**row) for row in connection.execute(query).mappings()]


def _find_day(connection: Connection, article_id: str) -> str:
    query = select(schema.revision.c.published).where(schema.article.c.id == article_id, is_current_revision())
    found = connection.execute(query).first()
    if found is None:
        raise NotFoundError(f"No article bears the id {article_id}, after which to go on.")
    return found.published or ""
