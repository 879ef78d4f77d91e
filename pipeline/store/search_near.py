"""The questions put to the table of search entries by nearness of vectors, for all kinds of entries at once.

The nearest vectors of all are looked up once and dealt out to the kinds. A condition makes that a bad way the fewer entries
it holds for: of few all vectors are compared, which takes no longer than an index would, and finds the nearest for certain.
"""

import math
from collections.abc import Sequence
from typing import Any

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
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
_NEAREST, _MOST_NEAREST = 400, 4_000
# So many of the nearest are looked up that there should be half as many again of a kind as a page has; where there are not,
# more are.
_PAGE, _SPARE = 20, 1.5
# As far as the index goes in one walk; then it goes on from where it was.
_MOST_WALKED = 1_000
# Entries whose vectors are all compared, at 7 microseconds each; where the planner was wrong, the newest of twice as many.
_FEW = 4_000
_ALL_VECTORS = "(SELECT reltuples::bigint FROM pg_class WHERE oid = 'embedding'::regclass)"


def find_by_meaning(connection: Connection, vector: QueryVector, wanted: Sequence[Conditions]) -> list[list[Found]]:
    """For each kind that is wanted the entries whose vectors lie nearest, the nearest first; of the vector's own route alone.

    Where a condition holds for less than one in a hundred entries, yet for thousands, some of the nearest may be missing.
    """
    few, going, number = _deal(connection, dict(enumerate(wanted)))
    found = _compare_all(connection, vector, few) if few else {}
    while going:
        near, is_all = _scan(connection, vector, going, number)
        found |= near
        least = min(len(near[at]) for at in going)
        going = {at: each for at, each in going.items() if len(near[at]) < _PAGE}
        if is_all or number >= _MOST_NEAREST:
            break
        number = min(_MOST_NEAREST, int(number * max(3, _SPARE * _PAGE / max(least, 1))))
    return [found[at] for at in range(len(wanted))]


def _deal(
    connection: Connection, wanted: dict[int, Conditions]
) -> tuple[dict[int, Conditions], dict[int, Conditions], int]:
    """What few entries are, what many are, and how many of the nearest those should be among.

    As the planner reckons: counting them would read all of them. A theme names its members, few or many.
    """
    limited = {at: each for at, each in wanted.items() if each.facets and not each.is_themed}
    few = {at: each for at, each in wanted.items() if each.is_themed}
    if not limited:
        return few, {at: each for at, each in wanted.items() if at not in few}, _NEAREST
    held = (func.estimate_entries(literal(_write_facets(each), TSQUERY())) for each in limited.values())
    everything, *numbers = connection.execute(select(literal_column(_ALL_VECTORS), *held)).one()
    few |= {at: each for (at, each), number in zip(limited.items(), numbers, strict=True) if number <= _FEW}
    going = {at: each for at, each in wanted.items() if at not in few}
    rarest = min((number for number in numbers if number > _FEW), default=everything)
    number = int(_SPARE * _PAGE * everything / max(rarest, 1))
    return few, going, min(max(number, _NEAREST), _MOST_NEAREST)


def _compare_all(connection: Connection, vector: QueryVector, wanted: dict[int, Conditions]) -> dict[int, list[Found]]:
    rows = connection.execute(union_all(*(_compare(vector, at, each) for at, each in wanted.items()))).all()
    return {at: _order([row for row in rows if row.at == at]) for at in wanted}


def _compare(vector: QueryVector, at: int, wanted: Conditions) -> Select[Any]:
    entry = search_entry
    columns = (entry.c.record_id, entry.c.article_id, entry.c.number, entry.c.content_sha256)
    # Apart, so that no plan walks along the index of vectors and throws nearly all away.
    few = select(*columns).where(*_write_conditions(wanted)).order_by(entry.c.number.desc()).limit(2 * _FEW)
    held = few.cte(f"few_{at}").prefix_with("MATERIALIZED", dialect="postgresql")
    distance = _distance(vector).label("distance")
    nearest = (
        select(literal_column(str(at)).label("at"), held.c.record_id, held.c.article_id, held.c.number, distance)
        .join(embedding, (embedding.c.content_sha256 == held.c.content_sha256) & (embedding.c.route == vector.route))
        .order_by(distance, held.c.number.desc(), held.c.record_id)
        .limit(MOST_NEAR)
        .subquery()
    )
    return select(nearest)


def _scan(
    connection: Connection, vector: QueryVector, going: dict[int, Conditions], number: int
) -> tuple[dict[int, list[Found]], bool]:
    """So many of the nearest of all, dealt out, and whether these are all there are."""
    walks = math.ceil(number / _MOST_WALKED)
    walk = {
        "hnsw.ef_search": math.ceil(number / walks),
        "hnsw.iterative_scan": "relaxed_order" if walks > 1 else "off",
        "hnsw.max_scan_tuples": number,
    }
    settings = (func.set_config(name, str(value), literal_column("true")) for name, value in walk.items())
    connection.execute(select(*settings))
    rows = connection.execute(_select_wanted(_select_nearest(vector).limit(number), going)).all()
    is_all = bool(rows) and rows[0].held < min(number, _MOST_WALKED)
    return {at: _order([row for row in rows if row.at == at]) for at in going}, is_all


def _select_wanted(nearest: Select[Any], going: dict[int, Conditions]) -> Select[Any]:
    """Of the nearest those that are wanted, each with its place among the wanted, and how many were looked up."""
    near = nearest.cte("near").prefix_with("MATERIALIZED", dialect="postgresql")
    entry, held = search_entry, select(func.count()).select_from(near).scalar_subquery()
    kinds = ((and_(entry.c.kind == each.kind, *_write_conditions(each)), at) for at, each in going.items())
    columns = (entry.c.record_id, entry.c.article_id, entry.c.number, near.c.distance)
    query = select(case(*kinds).label("at"), held.label("held"), *columns)
    placed = query.join(near, near.c.content_sha256 == entry.c.content_sha256).subquery()
    return select(placed).where(placed.c.at.is_not(None))


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
