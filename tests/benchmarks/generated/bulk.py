"""Filling a store with a generated world, in bulk: COPY, the store's own functions for what follows, indexes at the end."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from generated.actors import COUNT_ROWS
from generated.articles import AUTHORITIES
from generated.collect import Filler
from generated.world import World
from pgvector.psycopg import register_vector
from psycopg import Connection
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store import schema
from pipeline.store.refresh import refresh_stale
from pipeline.store.store import Store
from pipeline.store.vector_index import index_vectors
from pipeline.store.vectors import note_embedded

ROUTE = "generated"
DIMENSIONS = 384  # of all-MiniLM-L6-v2
_BATCH = 500  # articles that are collected before they go into the database
_THEMES = 60  # around which vectors lie
_SPREAD = 0.6  # of the noise against the centre: neighbours in one cluster have a cosine of about .7, as passages of one theme do
# Asked while other tables are filled from them; all others are made at the end, each at once.
_KEPT = ("ix_search_entry_article_id", "ix_link_row_id", "ix_agreement_article_id", "ix_entity_article_id")
_LATE = ("ix_search_entry", "ix_register_row", "ix_row_", "ix_actor_r", "ix_actor_pair")
_FIND_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname LIKE 'ix\\_%'
    AND tablename <> 'embedding' ORDER BY tablename, indexname
"""
Timings = dict[str, float]


def fill(store: Store, world: World, *, vectors: bool = True) -> Timings:
    """Fill an empty store; returns the seconds that each step took, those of each index among them."""
    timings: Timings = {}
    indexes = _drop_indexes(store)
    filler = Filler(world)
    with _timed(timings, "records"):
        _fill_tables(store, filler)
    late = {name for name in indexes if name.startswith(_LATE)}
    for name in sorted(indexes.keys() - late):
        with _timed(timings, f"index {name}"):
            _run(store, indexes[name])
    _run(store, "ANALYZE")
    with _timed(timings, "search entries"):
        _index_articles(store, filler)
    with _timed(timings, "register rows"), store.begin() as connection:
        refresh_stale(connection)
    with _timed(timings, "search entries of rows"):
        _number_rows(store, filler)
    with _timed(timings, "actors of rows"):
        for statement in COUNT_ROWS:
            _run(store, statement)
    for name in sorted(late):
        with _timed(timings, f"index {name}"):
            _run(store, indexes[name])
    _run(store, "DELETE FROM actor_todo")
    if vectors:
        _fill_vectors(store, world, timings)
    with _timed(timings, "vacuum"):
        _run(store, "VACUUM ANALYZE")
    return timings


def _run(store: Store, statement: str) -> None:
    with _raw(store) as connection:
        connection.execute(statement)


@contextmanager
def _raw(store: Store) -> Iterator[Connection[Any]]:
    pooled = store.engine.raw_connection()
    connection: Any = pooled.driver_connection
    try:
        connection.autocommit = True
        yield connection
    finally:
        connection.autocommit = False
        pooled.close()


@contextmanager
def _timed(timings: Timings, name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings[name] = time.perf_counter() - start


def _drop_indexes(store: Store) -> dict[str, str]:
    with _raw(store) as connection:
        found = dict(connection.execute(_FIND_INDEXES).fetchall())
        for name in found.keys() - set(_KEPT):
            connection.execute(f"DROP INDEX {name}")
    return {name: found[name] for name in found if name not in _KEPT}


def _fill_tables(store: Store, filler: Filler) -> None:
    with _raw(store) as connection:
        # Every row was made by what keeps the references right: they are not looked up, and nobody is queued.
        connection.execute("SET session_replication_role = replica")
        sources = [
            {"source": name, "authority": AUTHORITIES[name.split()[-1]], "failures": 0}
            for name in filler.world.publishers.items
            if name.split()[-1] in AUTHORITIES
        ]
        _copy(connection, "source_state", sources)
        founded: set[str] = set()
        for number in range(filler.world.articles):
            filler.add(number)
            if (number + 1) % _BATCH == 0 or number + 1 == filler.world.articles:
                rows = {row["id"]: row for row in reversed(filler.collected.rows["register_row"])}
                filler.collected.rows["register_row"] = [row for name, row in rows.items() if name not in founded]
                founded |= rows.keys()
                _flush(connection, filler)
        filler.actors.finish(filler.collected)
        _flush(connection, filler)
        connection.execute("SET session_replication_role = DEFAULT")


def _flush(connection: Connection[Any], filler: Filler) -> None:
    for table, rows in filler.collected.rows.items():
        _copy(connection, table, rows)
    filler.collected.rows.clear()


def _copy(connection: Connection[Any], table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    columns = schema.metadata.tables[table].columns
    is_json = [isinstance(columns[name].type, JSONB) for name in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor().copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_adapt(row[name], is_json=json_) for name, json_ in zip(names, is_json, strict=True)])


def _adapt(value: Any, *, is_json: bool) -> Any:
    if is_json and value is not None:
        return json.dumps(value, ensure_ascii=False)
    return list(value) if isinstance(value, tuple) else value


def _index_articles(store: Store, filler: Filler) -> None:
    with _raw(store) as connection:
        for start in range(0, len(filler.numbers), _BATCH):
            some = filler.numbers[start : start + _BATCH]
            # In the order of arrival, with the numbers that the rows of the register leave free.
            connection.execute(
                "SELECT setval('search_number', n, false), index_article(a) FROM unnest(%s::text[], %s::bigint[]) AS x(a, n)",
                ([each[0] for each in some], [each[1] for each in some]),
            )


def _number_rows(store: Store, filler: Filler) -> None:
    with _raw(store) as connection:
        ordered = sorted(filler.rows.items(), key=lambda each: each[1])
        for start in range(0, len(ordered), _BATCH):
            some = ordered[start : start + _BATCH]
            connection.execute(
                "SELECT setval('search_number', n, false), index_row(r) FROM unnest(%s::text[], %s::bigint[]) AS x(r, n)",
                ([each[0] for each in some], [each[1] for each in some]),
            )
        connection.execute("SELECT setval('search_number', %s)", (filler.number,))


def make_centres(seed: int) -> np.ndarray:
    """What vectors lie around."""
    return _normalise(np.random.default_rng(seed).standard_normal((_THEMES, DIMENSIONS)))


def make_vectors(seed: int, number: int) -> np.ndarray:
    """So many unit vectors around the centres."""
    dice = np.random.default_rng([seed, number])
    centres = make_centres(seed)[dice.integers(0, _THEMES, number)]
    return _normalise(centres + _SPREAD * _normalise(dice.standard_normal((number, DIMENSIONS))))


def _normalise(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _fill_vectors(store: Store, world: World, timings: Timings) -> None:
    with _timed(timings, "vectors"), _raw(store) as connection:
        register_vector(connection)
        query = "SELECT DISTINCT content_sha256 FROM search_entry WHERE content_sha256 IS NOT NULL"
        digests = sorted(row[0] for row in connection.execute(query).fetchall())
        made = make_vectors(world.seed, len(digests))
        now = connection.execute("SELECT now()").fetchone()
        with connection.cursor().copy(
            "COPY embedding (content_sha256, route, vector, saved_at) FROM STDIN WITH (FORMAT BINARY)"
        ) as copy:
            copy.set_types(["text", "text", "vector", "timestamptz"])
            for digest, vector in zip(digests, made, strict=True):
                copy.write_row((digest, ROUTE, vector, now[0] if now else None))
        newest = connection.execute("SELECT last_value FROM search_number").fetchone()
    note_embedded(store, ROUTE, newest[0] if newest else 0)
    _run(store, "ANALYZE embedding")
    with _timed(timings, "index of vectors (hnsw)"):
        index_vectors(store, ROUTE)


def count_all(store: Store) -> dict[str, int]:
    """How many there are of what the bars name."""
    with store.begin() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in ("article", "agreement", "claim", "register_row", "actor", "search_entry", "embedding")
        }
