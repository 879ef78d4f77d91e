"""Runs by the page, the latest first."""

from sqlalchemy import Connection, or_, select

from pipeline.errors import NotFoundError
from pipeline.store.run_rows import RunRow
from pipeline.store.run_tables import run
from pipeline.store.store import Store


def load_run_page(store: Store, *, limit: int, after: str | None = None) -> list[RunRow]:
    """The latest runs, or those that began before another one.

    Args:
        store: the open store.
        limit: how many.
        after: the whole id of the last run of the page before.

    Raises:
        NotFoundError: there is no run ``after`` which to go on.
    """
    query = select(*(run.c[name] for name in RunRow.model_fields))
    query = query.order_by(run.c.started_at.desc(), run.c.id).limit(limit)
    with store.begin() as connection:
        if after:
            started = _find_start(connection, after)
            is_below = or_(run.c.started_at < started, run.c.id > after)
            query = query.where(run.c.started_at <= started, is_below)
        return [RunRow.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def _find_start(connection: Connection, run_id: str) -> object:
    started = connection.execute(select(run.c.started_at).where(run.c.id == run_id)).scalar()
    if started is None:
        raise NotFoundError(f"No run bears the id {run_id}, after which to go on.")
    return started
