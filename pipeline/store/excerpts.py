"""The words around many places of many articles, cut out by the database: whole texts stay where they are.

A page of the register quotes fifty articles or more, two lines of each; their texts may have megabytes.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Integer, Text, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from pipeline.records import Span
from pipeline.store import schema
from pipeline.store.queries import is_current_revision
from pipeline.store.row import Row
from pipeline.store.store import Store

# On each side: a quote is 200 characters long, and what is cut further out than that needs no exact edge.
_AROUND = 400
# Of longer words the beginning is shown, as where a whole speech is one quotation.
_MOST_WORDS = 1_000


class Place(NamedTuple):
    """Some words of an article, by their offsets."""

    article_id: str
    start: int
    end: int


class Excerpt(Row):
    """A piece of an article's text, and where it begins: ``article.text[offset:offset + len(text)] == text``."""

    offset: int
    text: str


def place_of(article_id: str, span: Span) -> Place:
    """Where some words of an article stand."""
    return Place(article_id, span.start, span.end)


def load_excerpts(store: Store, places: Collection[Place]) -> Mapping[Place, Excerpt]:
    """The words at these places with 400 characters before and after them; places of articles that are gone are left out."""
    wanted = sorted(set(places))
    if not wanted:
        return {}
    columns = {
        "article_id": cast([each.article_id for each in wanted], ARRAY(Text)),
        "first": cast([max(each.start - _AROUND, 0) for each in wanted], ARRAY(Integer)),
        "last": cast([min(each.end, each.start + _MOST_WORDS) + _AROUND for each in wanted], ARRAY(Integer)),
        "number": cast(list(range(len(wanted))), ARRAY(Integer)),
    }
    asked = func.unnest(*columns.values()).table_valued(*columns).render_derived()
    article, revision = schema.article, schema.revision
    piece = func.substr(revision.c.text, asked.c.first + 1, asked.c.last - asked.c.first)
    query = select(asked.c.number, asked.c.first, piece).where(
        article.c.id == asked.c.article_id, is_current_revision()
    )
    with store.begin() as connection:
        return {wanted[row[0]]: Excerpt(offset=row[1], text=row[2]) for row in connection.execute(query)}
