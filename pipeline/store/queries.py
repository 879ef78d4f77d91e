"""Pieces of SQL that several readers share."""

import hashlib
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    Table,
    Text,
    and_,
    any_,
    cast,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from pipeline.errors import InputError, NotFoundError
from pipeline.store import schema


def digest(text: str) -> str:
    """The key of a text's vector."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_current(table: Table) -> ColumnElement[bool]:
    """Whether a record belongs to what its article says now; the query must name ``schema.article`` too."""
    return and_(
        table.c.article_id == schema.article.c.id,
        table.c.revision == schema.article.c.revision,
        table.c.fingerprint == schema.article.c.fingerprint,
    )


def is_current_revision() -> ColumnElement[bool]:
    """Whether a row of ``schema.revision`` is its article's current one; the query must name ``schema.article`` too."""
    return and_(
        schema.revision.c.article_id == schema.article.c.id, schema.revision.c.revision == schema.article.c.revision
    )


def has_words(words: str, *columns: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether each word stands, in any case, in one of the columns (as text)."""
    return and_(
        true(),
        *(or_(*(cast(each, String).icontains(word, autoescape=True) for each in columns)) for word in words.split()),
    )


def is_one_of(column: ColumnElement[Any], ids: Collection[str]) -> ColumnElement[bool]:
    """Whether a column has one of many ids: they go as one array, since a parameter for each would be parsed each time."""
    return column == any_(cast(sorted(ids), ARRAY(Text)))


def select_articles() -> Select[Any]:
    """The columns of :class:`pipeline.store.rows.ArticleRow`, of all articles as they stand now."""
    article, revision, address = schema.article, schema.revision, schema.address
    addresses = (
        select(
            func.array_agg(
                aggregate_order_by(
                    address.c.address, address.c.address != article.c.address, address.c.first_seen, address.c.address
                )
            )
        )
        .where(address.c.article_id == article.c.id)
        .scalar_subquery()
    )
    return select(
        article.c.id,
        article.c.revision,
        article.c.fingerprint,
        article.c.address,
        addresses.label("addresses"),
        revision.c.url,
        revision.c.title,
        revision.c.authors,
        revision.c.published,
        revision.c.publisher,
        revision.c.language,
        revision.c.sha256,
        revision.c.words,
        revision.c.provenance,
        _count(schema.agreement).label("agreements"),
        _count(schema.claim).label("claims"),
        _count(schema.entity).label("entities"),
        _select_repeated().label("repeats"),
        article.c.first_seen,
        article.c.saved_at,
    ).where(is_current_revision())


def _count(table: Table) -> ScalarSelect[int]:
    return select(func.count()).where(is_current(table)).correlate(schema.article).scalar_subquery()


def _select_repeated() -> ColumnElement[Any]:
    repeated = schema.duplicate
    ids = func.array_agg(aggregate_order_by(repeated.c.other_id, repeated.c.score.desc(), repeated.c.other_id))
    found = select(ids).where(repeated.c.article_id == schema.article.c.id).correlate(schema.article).scalar_subquery()
    return func.coalesce(found, cast([], ARRAY(Text)))


def only_id(found: list[str], asked: str) -> str:
    """The one id that was found for the beginning of one.

    Raises:
        NotFoundError: there is none.
        InputError: there are several.
    """
    if asked in found:
        return asked
    if not found:
        raise NotFoundError(f"Nothing bears the id {asked}.")
    if len(found) > 1:
        raise InputError(f"Several ids begin with {asked}: {', '.join(sorted(found)[:5])}. Give more of it.")
    return found[0]
