"""What is known of themes when newcomers come: read in one go, in the time that what is new and the number of themes take."""

from collections.abc import Collection
from itertools import groupby
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, Subquery, and_, func, or_, select, union

from pipeline.store import schema
from pipeline.store.members import select_texts
from pipeline.store.store import Store
from pipeline.store.theme_rows import Comer, SampleRow, ThemeState, TrackRow, Vectors

# As for vectors: numbers are given out before their articles are saved.
_OVERTAKEN = 1_000
# Of what waits the newest: a run has to cluster them. What has found nobody like it for so long is no theme to come.
_MOST_WAITING = 5_000
_MEMBERS = ("passage", "claim")


def load_state(store: Store, route: str) -> ThemeState | None:
    """The themes of a route, and what came in since they were last looked at; None where all is to be clustered.

    That is so where the route's themes were never found, or an older version found them.
    """
    with store.begin() as connection:
        known = connection.execute(select(schema.theme_route).where(schema.theme_route.c.route == route)).one_or_none()
        if known is None or not _are_trackable(connection, route):
            return None
        comers, vectors = _load_comers(connection, route, after=known.seen_number - _OVERTAKEN)
        return ThemeState(
            version=known.version,
            seen_number=load_embedded_number(connection, route),
            tracks=tuple(_load_tracks(connection)),
            comers=comers,
            vectors=vectors,
            touched=_load_touched(connection, after=known.seen_number - _OVERTAKEN),
            terms=_load_terms(connection),
        )


def load_embedded_number(connection: Connection, route: str) -> int:
    """Up to which number all entries have vectors of the route."""
    table = schema.embedding_route
    return connection.execute(select(table.c.seen_number).where(table.c.route == route)).scalar() or 0


def count_current(store: Store) -> int:
    """How many themes there are."""
    with store.begin() as connection:
        return connection.execute(select(func.count()).where(schema.theme.c.is_current)).scalar_one()


def load_theme_ids(store: Store) -> set[str]:
    """The ids of all themes there ever were."""
    with store.begin() as connection:
        return set(connection.execute(select(schema.theme.c.id)).scalars())


def load_current_members(store: Store) -> dict[str, set[str]]:
    """Ids of the passages and claims of each current theme, by its id."""
    member, theme = schema.theme_member, schema.theme
    query = select(member.c.theme_id, member.c.member_id).where(member.c.theme_id == theme.c.id, theme.c.is_current)
    found: dict[str, set[str]] = {}
    with store.begin() as connection:
        for theme_id, member_id in connection.execute(query):
            found.setdefault(theme_id, set()).add(member_id)
    return found


def load_named(store: Store) -> set[str]:
    """Ids of themes whose label a person set."""
    standing = schema.standing
    query = select(standing.c.record_id).where(
        standing.c.record_id.startswith("th-"), standing.c.field == "label", standing.c.action == "correct"
    )
    with store.begin() as connection:
        return set(connection.execute(query).scalars())


def load_samples(store: Store) -> list[SampleRow]:
    """The centres of the current themes with their voters and what these say, by theme."""
    with store.begin() as connection:
        found = connection.execute(_select_voters()).all()
        digests = {row.content_sha256 for row in found}
        texts = _load_texts(connection, digests)
    return [
        SampleRow(
            theme_id=theme_id,
            center=_read(rows[0].center),
            vectors=np.stack([_read(row.vector) for row in rows]),
            texts=tuple(texts.get(row.content_sha256, "") for row in rows),
        )
        for theme_id, rows in ((key, list(group)) for key, group in groupby(found, key=lambda row: row.id))
    ]


def _are_trackable(connection: Connection, route: str) -> bool:
    theme = schema.theme
    old = select(theme.c.id).where(theme.c.is_current, or_(theme.c.route != route, theme.c.center.is_(None)))
    return connection.execute(old.limit(1)).first() is None


def _select_voters() -> Select[Any]:
    theme, voter, embedding = schema.theme, schema.theme_voter, schema.embedding
    columns = (theme.c.id, theme.c.center, theme.c.floor, theme.c.founders, theme.c.size)
    return (
        select(*columns, voter.c.content_sha256, embedding.c.vector)
        .where(
            theme.c.is_current,
            voter.c.theme_id == theme.c.id,
            embedding.c.content_sha256 == voter.c.content_sha256,
            embedding.c.route == theme.c.route,
        )
        .order_by(theme.c.id, voter.c.content_sha256)
    )


def _load_tracks(connection: Connection) -> list[TrackRow]:
    found = connection.execute(_select_voters()).all()
    tracks = []
    for _, group in groupby(found, key=lambda row: row.id):
        rows = list(group)
        first = rows[0]
        tracks.append(
            TrackRow(
                id=first.id,
                center=_read(first.center),
                floor=first.floor,
                founders=first.founders,
                size=first.size,
                voters=np.stack([_read(row.vector) for row in rows]),
            )
        )
    return tracks


def _load_comers(connection: Connection, route: str, *, after: int) -> tuple[tuple[Comer, ...], Vectors]:
    wanted = union(_select_new(after), _select_waiting()).subquery()
    embedding = schema.embedding
    query = (
        select(wanted, embedding.c.vector)
        .where(embedding.c.content_sha256 == wanted.c.content_sha256, embedding.c.route == route)
        .order_by(wanted.c.record_id)
    )
    found = connection.execute(query).all()
    if not found:
        return (), np.empty((0, 0), dtype=np.float32)
    texts = dict(connection.execute(select_texts(wanted)).tuples().all())
    kept = [row for row in found if row.content_sha256 in texts]
    comers = tuple(Comer(row.record_id, texts[row.content_sha256], row.article_id) for row in kept)
    return comers, np.stack([_read(row.vector) for row in kept]) if kept else np.empty((0, 0), dtype=np.float32)


def _select_new(after: int) -> Select[Any]:
    entry, member, theme = schema.search_entry, schema.theme_member, schema.theme
    at_home = select(1).where(
        member.c.member_id == entry.c.record_id, member.c.theme_id == theme.c.id, theme.c.is_current
    )
    return _select_entries().where(entry.c.number > after, ~at_home.exists())


def _select_waiting() -> Select[Any]:
    entry, waiting = schema.search_entry, schema.theme_waiting
    newest = (
        select(waiting.c.member_id)
        .order_by(waiting.c.since.desc(), waiting.c.member_id)
        .limit(_MOST_WAITING)
        .subquery()
    )
    return _select_entries().where(entry.c.record_id == newest.c.member_id)


def _select_entries() -> Select[Any]:
    entry = schema.search_entry
    columns = (entry.c.record_id, entry.c.content_sha256, entry.c.article_id)
    return select(*columns).where(and_(entry.c.kind.in_(_MEMBERS), entry.c.content_sha256.is_not(None)))


def _load_touched(connection: Connection, *, after: int) -> tuple[str, ...]:
    entry = schema.search_entry
    query = select(entry.c.article_id).where(
        entry.c.kind == "passage", entry.c.content_sha256.is_not(None), entry.c.number > after
    )
    return tuple(connection.execute(query.distinct().order_by(entry.c.article_id)).scalars())


def _load_terms(connection: Connection) -> tuple[str, ...]:
    theme = schema.theme
    term = func.jsonb_array_elements_text(theme.c.terms).label("term")
    return tuple(sorted(set(connection.execute(select(term).where(theme.c.is_current)).scalars())))


def _load_texts(connection: Connection, digests: Collection[str]) -> dict[str, str]:
    wanted: Subquery = _select_entries().where(schema.search_entry.c.content_sha256.in_(digests)).subquery()
    return dict(connection.execute(select_texts(wanted)).tuples().all())


def _read(vector: Any) -> Vectors:  # noqa: ANN401 -- what pgvector gives
    """A vector of length 1, as those it is compared with; not every model makes them so."""
    found: Vectors = np.asarray(vector, dtype=np.float32)
    return found / max(float(np.linalg.norm(found)), 1e-12)
