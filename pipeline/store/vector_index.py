"""The index by which vectors are found by nearness: one for each route, built apart from any article's transaction."""

import hashlib

from sqlalchemy import Connection, func, select, text

from pipeline.store.schema import embedding
from pipeline.store.store import Store

# Below this many vectors all are compared, in some 10 ms; the index would cost each new one more than it spares.
_FEWEST = 5_000
# What one vector takes in the index while it is built: 2 bytes a number, and its links to 2 x 16 neighbours.
_LINKS = 400
_LEAST_MEMORY, _MOST_MEMORY = 64, 1_024  # megabytes; above the first it fits, above the last a laptop does not


def index_vectors(store: Store, route: str, *, fewest: int = _FEWEST) -> bool:
    """Build the index of a route's vectors where there are many and it has none; returns whether it was built.

    It is HNSW over half precision (a cosine keeps three digits, and the index is half as large). While it is built,
    readers go on and who saves vectors waits. From then on the database keeps it.
    """
    with store.begin() as connection:
        name = _name_index(route)
        if connection.execute(select(func.to_regclass(name))).scalar() is not None:
            return False
        some = select(embedding.c.route).where(embedding.c.route == route).limit(fewest).subquery()
        if connection.execute(select(func.count()).select_from(some)).scalar_one() < fewest:
            return False
        _build(connection, name, route)
    return True


def _build(connection: Connection, name: str, route: str) -> None:
    one = select(func.vector_dims(embedding.c.vector)).where(embedding.c.route == route).limit(1)
    size = int(connection.execute(one).scalar_one())
    count = connection.execute(select(func.count()).where(embedding.c.route == route)).scalar_one()
    memory = min(_MOST_MEMORY, max(_LEAST_MEMORY, count * (2 * size + _LINKS) // 1_000_000 * 3 // 2))
    connection.execute(text("SELECT set_config('maintenance_work_mem', :memory, true)"), {"memory": f"{memory}MB"})
    # Names and values of a statement that makes things cannot be parameters; the name is ours, the route is quoted.
    quoted = "'" + route.replace("'", "''") + "'"
    connection.exec_driver_sql(
        f"CREATE INDEX IF NOT EXISTS {name} ON embedding "
        f"USING hnsw ((vector::halfvec({size})) halfvec_cosine_ops) WHERE route = {quoted}".replace("%", "%%")
    )


def _name_index(route: str) -> str:
    return "ix_embedding_near_" + hashlib.sha256(route.encode()).hexdigest()[:12]
