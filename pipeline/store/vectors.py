"""Vectors of passages, claims and agreements, kept by the digest of their text and by route: equal texts are embedded once.

A route names the model and the way it is run; vectors of different routes are never mixed.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from pipeline.errors import StoreError
from pipeline.store.members import make_member, select_members, select_texts
from pipeline.store.rows import MemberRow
from pipeline.store.schema import embedding, embedding_route, search_entry
from pipeline.store.store import Store, now

# Numbers are given out before their articles are saved; none takes so long that a thousand others overtake it.
_OVERTAKEN = 1_000


def load_unembedded(store: Store, route: str) -> list[tuple[str, str]]:
    """(content_sha256, text) of what has no vector of that route yet; each text once, sorted.

    Current passages, claims (their content) and agreements (label and evidence sentence). Only what came in since all
    had vectors (:func:`note_embedded`) is looked at.
    """
    entry = search_entry
    seen = select(embedding_route.c.seen_number).where(embedding_route.c.route == route)
    known = [embedding.c.content_sha256 == entry.c.content_sha256, embedding.c.route == route]
    with store.begin() as connection:
        after = (connection.execute(seen).scalar() or 0) - _OVERTAKEN
        query = select(entry.c.content_sha256, func.min(entry.c.record_id).label("record_id")).where(
            entry.c.content_sha256.is_not(None), entry.c.number > after, ~select(1).where(*known).exists()
        )
        texts = select_texts(query.group_by(entry.c.content_sha256).subquery()).subquery()
        ordered = select(texts.c.content_sha256, texts.c.text).order_by(texts.c.content_sha256)
        return [(row.content_sha256, row.text) for row in connection.execute(ordered)]


def note_embedded(store: Store, route: str, number: int) -> None:
    """Note that all there was up to this number has vectors of the route."""
    put = insert(embedding_route).values(route=route, seen_number=number)
    newest = func.greatest(embedding_route.c.seen_number, put.excluded.seen_number)
    with store.begin() as connection:
        connection.execute(put.on_conflict_do_update(index_elements=["route"], set_={"seen_number": newest}))


def save_vectors(store: Store, route: str, vectors: Mapping[str, NDArray[np.float32]]) -> int:
    """Keep vectors by content_sha256; returns how many were new. What is there stays as it is.

    Raises:
        StoreError: they are not as long as those of this route that are there: they are another model's.
    """
    rows = [
        {"content_sha256": digest, "route": route, "vector": vectors[digest], "saved_at": now()}
        for digest in sorted(vectors)
    ]
    if not rows:
        return 0
    put = insert(embedding).on_conflict_do_nothing().returning(embedding.c.content_sha256)
    one = select(func.vector_dims(embedding.c.vector)).where(embedding.c.route == route).limit(1)
    with store.begin() as connection:
        sizes = {len(vector) for vector in vectors.values()} | set(connection.execute(one).scalars())
        if len(sizes) > 1:
            raise StoreError(f"vectors of several lengths ({sorted(sizes)}) cannot be of one route, {route!r}")
        return len(connection.execute(put, rows).all())


def load_members(store: Store, route: str) -> tuple[list[MemberRow], NDArray[np.float32]]:
    """Current passages and claims that have a vector of that route, with the vectors, row for row.

    Returns:
        The members in a fixed order (by article, kind and place in the text), and an array (n, d) of float32;
        (0, 0) where there are none.
    """
    members = select_members().subquery()
    query = (
        select(members, embedding.c.vector)
        .where(embedding.c.content_sha256 == members.c.content_sha256, embedding.c.route == route)
        .order_by(members.c.article_id, members.c.kind.desc(), members.c.position)
    )
    with store.begin() as connection:
        found = connection.execute(query).mappings().all()
    if not found:
        return [], np.empty((0, 0), dtype=np.float32)
    return [make_member(row) for row in found], np.stack([row["vector"] for row in found]).astype(np.float32)


def has_vectors(store: Store, route: str) -> bool:
    """Whether there is any vector of that route."""
    with store.begin() as connection:
        return (
            connection.execute(select(embedding.c.route).where(embedding.c.route == route).limit(1)).first() is not None
        )
