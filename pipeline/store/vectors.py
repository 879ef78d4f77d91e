"""Vectors of passages and claims, kept by the digest of their text and by route: equal texts are embedded once.

A route names the model and the way it is run; vectors of different routes are never mixed.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pipeline.store.members import make_member, select_members
from pipeline.store.rows import MemberRow
from pipeline.store.schema import embedding
from pipeline.store.store import Store, now


def load_unembedded(store: Store, route: str) -> list[tuple[str, str]]:
    """(content_sha256, text) of current passages and claims without a vector of that route; each text once, sorted."""
    members = select_members().subquery()
    is_embedded = (
        select(1)
        .where(embedding.c.content_sha256 == members.c.content_sha256, embedding.c.route == route)
        .correlate(members)
        .exists()
    )
    query = select(members.c.content_sha256, members.c.text).where(~is_embedded).distinct()
    with store.begin() as connection:
        return [(digest, text) for digest, text in connection.execute(query.order_by(members.c.content_sha256))]


def save_vectors(store: Store, route: str, vectors: Mapping[str, NDArray[np.float32]]) -> int:
    """Keep vectors by content_sha256; returns how many were new. What is there stays as it is."""
    rows = [
        {"content_sha256": digest, "route": route, "vector": vectors[digest], "saved_at": now()}
        for digest in sorted(vectors)
    ]
    if not rows:
        return 0
    put = insert(embedding).on_conflict_do_nothing().returning(embedding.c.content_sha256)
    with store.begin() as connection:
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
