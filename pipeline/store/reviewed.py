"""Articles that people have gone through, whole, and what they rejected: what marked articles and regression cases are made of.

Only articles that decisions hang on are looked at, whatever else is in the store.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, or_, select

from pipeline.enumerations import Review
from pipeline.store import schema
from pipeline.store.articles import load_texts
from pipeline.store.past import load_past
from pipeline.store.standing import load_standing
from pipeline.store.store import Store
from pipeline.store.streams import Annotated

_ITEM, _DECIDED = schema.review_item, schema.decided_article
_BATCH = 100  # texts of the corpus: a megabyte


def stream_reviewed(store: Store) -> Iterator[Annotated]:
    """Articles every agreement and claim of which somebody accepted, corrected and accepted, or rejected; by id.

    One that holds something open, unsure or reopened is not among them: what is not marked in it would count as wrong.
    """
    mine = _ITEM.c.article_id == _DECIDED.c.article_id
    is_open = select(1).where(mine, or_(_ITEM.c.review.is_(None), _ITEM.c.review == Review.UNSURE.value)).exists()
    is_decided = select(1).where(mine, _ITEM.c.review.is_not(None)).exists()
    yield from _stream(store, [is_decided, ~is_open])


def stream_rejected(store: Store) -> Iterator[Annotated]:
    """Articles of which somebody rejected an agreement or claim; by id."""
    mine = _ITEM.c.article_id == _DECIDED.c.article_id
    yield from _stream(store, [select(1).where(mine, _ITEM.c.review == Review.REJECT.value).exists()])


def _stream(store: Store, conditions: Sequence[ColumnElement[bool]]) -> Iterator[Annotated]:
    query = select(_DECIDED.c.article_id).where(*conditions).order_by(_DECIDED.c.article_id).limit(_BATCH)
    last = ""
    while True:
        with store.read() as connection:
            ids = list(connection.execute(query.where(_DECIDED.c.article_id > last)).scalars())
            found = [_load(connection, each) for each in ids]
        yield from found
        if len(ids) < _BATCH:
            return
        last = ids[-1]


def _load(connection: Connection, article_id: str) -> Annotated:
    (text,) = load_texts(connection, [article_id])
    found = load_past(connection, article_id, (text.article.revision, text.article.fingerprint))
    ids = [each.id for kind in (found.entities, found.agreements, found.claims) for each in kind]
    return Annotated(text.article, text.text, found, load_standing(connection, ids))
