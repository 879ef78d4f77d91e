"""The questions put to the table of search entries by nearness of vectors, for all kinds of entries at once.

The nearest vectors of all are looked up once and dealt out to the kinds. A condition makes that a bad way the fewer entries
it holds for: of few all vectors are compared, which takes no longer than an index would, and finds the nearest for certain.
"""

from collections.abc import Sequence
from typing import Any

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from pipeline.store.schema import embedding
from pipeline.store.search_queries import Conditions, Found, join_facets, write_facet
from pipeline.store.search_rows import QueryVector
from pipeline.store.search_tables import search_entry

#: Of each kind so many are listed; what is further on has next to no weight: 1/(60+100) against 1/61.
MOST_NEAR = 100
# Looked up at once. Of 400 some hundred are passages, two hundred claims, eighty agreements; with a condition more are needed.
# 400 take 40 ms of 390,000 vectors, 800 take 60.
_NEAREST, _NEAREST_OF_LIMITED = 400, 800
# So many of a kind are a page and more; of fewer the index is asked to go on, through so many vectors at most.
_ENOUGH = 30
_MOST_SCANNED = 4_000
# Entries whose vectors are all compared, at 15 microseconds each; where the planner was wrong, the newest of twice as many.
_FEW = 4_000


def find_by_meaning(connection: Connection, vector: QueryVector, wanted: Sequence[Conditions]) -> list[list[Found]]:
    """For each kind that is wanted the entries whose vectors lie nearest, the nearest first; of the vector's own route alone.

    Where a condition holds for less than one in a hundred entries, yet for thousands, some of the nearest may be missing.
    """
    found: dict[int, list[Found]] = {}
    for at, each in enumerate(wanted):
        if _is_limited(each) and _are_few(connection, each):
            found[at] = _compare_all(connection, vector, each)
    if going := {at: each for at, each in enumerate(wanted) if at not in found}:
        found |= _scan(connection, vector, going)
    return [found[at] for at in range(len(wanted))]


def _is_limited(wanted: Conditions) -> bool:
    return bool(wanted.facets) or wanted.is_themed


def _are_few(connection: Connection, wanted: Conditions) -> bool:
    """As the planner reckons: counting them would read all of them. A theme names its members, few or many."""
    if wanted.is_themed:
        return True
    facets = literal(_write_facets(wanted), TSQUERY())
    return bool(connection.execute(select(func.estimate_entries(facets) <= _FEW)).scalar_one())


def _compare_all(connection: Connection, vector: QueryVector, wanted: Conditions) -> list[Found]:
    entry = search_entry
    columns = (entry.c.record_id, entry.c.article_id, entry.c.number, entry.c.content_sha256)
    # Apart, so that no plan walks along the index of vectors and throws nearly all away.
    few = (
        select(*columns).where(*_write_conditions(wanted)).cte("few").prefix_with("MATERIALIZED", dialect="postgresql")
    )
    query = (
        select(few.c.record_id, few.c.article_id, few.c.number)
        .join(embedding, (embedding.c.content_sha256 == few.c.content_sha256) & (embedding.c.route == vector.route))
        .order_by(_distance(vector), few.c.number.desc(), few.c.record_id)
        .limit(MOST_NEAR)
    )
    return [Found(*row) for row in connection.execute(query)]


def _scan(connection: Connection, vector: QueryVector, going: dict[int, Conditions]) -> dict[int, list[Found]]:
    """The nearest of all, dealt out; a kind of which too few are among them is looked for by itself."""
    number = _NEAREST_OF_LIMITED if any(map(_is_limited, going.values())) else _NEAREST
    connection.execute(text("SELECT set_config('hnsw.ef_search', :number, true)"), {"number": str(number)})
    near = _select_nearest(vector).limit(number).cte("near").prefix_with("MATERIALIZED", dialect="postgresql")
    rows = connection.execute(union_all(*(_pick(near, at, each) for at, each in going.items()))).all()
    is_all = bool(rows) and rows[0].held < number
    found = {at: _order([row for row in rows if row.at == at]) for at in going}
    return {
        at: each if is_all or len(each) >= _ENOUGH else _go_on(connection, vector, going[at])
        for at, each in found.items()
    }


def _pick(near: CTE, at: int, wanted: Conditions) -> Select[Any]:
    """Of the nearest those that are wanted, and how many were looked up."""
    entry, held = search_entry, select(func.count()).select_from(near).scalar_subquery()
    columns = (entry.c.record_id, entry.c.article_id, entry.c.number, near.c.distance)
    query = select(literal_column(str(at)).label("at"), held.label("held"), *columns)
    return query.join(near, near.c.content_sha256 == entry.c.content_sha256).where(*_write_conditions(wanted))


def _go_on(connection: Connection, vector: QueryVector, wanted: Conditions) -> list[Found]:
    """The nearest that are wanted, as far as the index finds them within its limit."""
    scan = {"hnsw.ef_search": "40", "hnsw.iterative_scan": "relaxed_order", "hnsw.max_scan_tuples": str(_MOST_SCANNED)}
    for name, value in scan.items():
        connection.execute(text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value})
    entry = search_entry
    is_wanted = select(1).where(entry.c.content_sha256 == embedding.c.content_sha256, *_write_conditions(wanted))
    near = _select_nearest(vector).where(is_wanted.exists()).limit(_ENOUGH).subquery()
    query = (
        select(entry.c.record_id, entry.c.article_id, entry.c.number, near.c.distance)
        .join(near, near.c.content_sha256 == entry.c.content_sha256)
        .where(*_write_conditions(wanted))
    )
    return _order(connection.execute(query).all())


def _order(rows: Sequence[Row[Any]]) -> list[Found]:
    ordered = sorted(rows, key=lambda row: (row.distance, -row.number, row.record_id))[:MOST_NEAR]
    return [Found(row.record_id, row.article_id, row.number) for row in ordered]


def _select_nearest(vector: QueryVector) -> Select[Any]:
    # The route stands in the text of the query: the index of a route is used only where the plan can see it.
    route = bindparam("route", vector.route, type_=String, literal_execute=True)
    distance = _distance(vector)
    query = select(embedding.c.content_sha256, distance.label("distance")).where(embedding.c.route == route)
    return query.order_by(distance)


def _distance(vector: QueryVector) -> ColumnElement[Any]:
    given: ColumnElement[Any] = cast(embedding.c.vector, HALFVEC(len(vector.values))).cosine_distance(
        list(vector.values)
    )
    return given


def _write_conditions(wanted: Conditions) -> list[ColumnElement[bool]]:
    entry = search_entry
    if not wanted.facets:
        return [entry.c.kind == wanted.kind, *wanted.others]
    return [entry.c.words.op("@@")(literal(_write_facets(wanted), TSQUERY())), *wanted.others]


def _write_facets(wanted: Conditions) -> str:
    return join_facets(write_facet("k", [wanted.kind]), wanted.facets)
