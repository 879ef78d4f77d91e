"""Finding a row of the register by its id, whatever became of it."""

from sqlalchemy import select

from pipeline.errors import NotFoundError
from pipeline.store import schema
from pipeline.store.links import resolve_row
from pipeline.store.queries import only_id
from pipeline.store.store import Store

_SHORTEST_ID = 6  # as for every command that takes an id


def find_row_id(store: Store, row_id: str) -> str:
    """The whole id of a row, by itself or its beginning; of a merged row, where it went.

    Raises:
        NotFoundError: no row bears it.
        InputError: several ids begin like that.
    """
    if not row_id.startswith("rw-") or len(row_id) < _SHORTEST_ID:
        raise NotFoundError(f"No row bears the id {row_id[:40]}: ids of rows look like rw-0123456789abcdef.")
    row, moved = schema.register_row, schema.row_redirect
    is_there = row.c.is_shown | select(1).where(moved.c.row_id == row.c.id).exists()
    query = select(row.c.id).where(row.c.id.startswith(row_id, autoescape=True), is_there).limit(6)
    with store.begin() as connection:
        return resolve_row(connection, only_id(list(connection.execute(query).scalars()), row_id))
