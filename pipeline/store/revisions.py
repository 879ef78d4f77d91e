"""The revisions of an article: what it said each time it was read with another text or date."""

from pydantic import AwareDatetime
from sqlalchemy import select

from pipeline.records import IsoDate
from pipeline.store import schema
from pipeline.store.queries import only_id
from pipeline.store.rows import Row
from pipeline.store.store import Store


class RevisionRow(Row):
    """An article as it was read once."""

    article_id: str
    revision: int  #: 1 is the first
    title: str | None
    authors: tuple[str, ...]
    published: IsoDate | None
    publisher: str | None
    language: str
    text: str
    saved_at: AwareDatetime


def load_revisions(store: Store, article_id: str) -> list[RevisionRow]:
    """All revisions of an article, the oldest first, by its id or an unambiguous beginning of it.

    Raises:
        NotFoundError: there is no such article.
    """
    article, revision = schema.article, schema.revision
    columns = [revision.c[name] for name in RevisionRow.model_fields]
    with store.begin() as connection:
        ids = select(article.c.id).where(article.c.id.startswith(article_id, autoescape=True)).limit(6)
        full_id = only_id(list(connection.execute(ids).scalars()), article_id)
        query = select(*columns).where(revision.c.article_id == full_id).order_by(revision.c.revision)
        return [RevisionRow(**row) for row in connection.execute(query).mappings()]
