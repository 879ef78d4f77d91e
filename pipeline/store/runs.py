"""Runs of flows and commands: when, with what settings and versions, and what came of them."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update

from pipeline.errors import NotFoundError
from pipeline.store.queries import only_id
from pipeline.store.rows import RunRow
from pipeline.store.schema import run
from pipeline.store.store import Store, now


def start_run(store: Store, kind: str, *, settings: Mapping[str, Any], versions: Mapping[str, str]) -> str:
    """Note that a run began; returns its id.

    Args:
        store: the open store.
        kind: what runs: ``ingest``, ``themes``, ...
        settings: what it was asked to do; JSON-able, without secrets.
        versions: of the pipeline and its models.
    """
    run_id = f"rn-{uuid4().hex[:16]}"
    values = {"id": run_id, "kind": kind, "state": "running", "started_at": now(), "counts": {}}
    with store.begin() as connection:
        connection.execute(insert(run).values(**values, settings=dict(settings), versions=dict(versions)))
    return run_id


def finish_run(store: Store, run_id: str, *, state: str, counts: Mapping[str, int]) -> None:
    """Note how a run ended (``completed``, ``failed``, ...) and what it counted.

    Raises:
        NotFoundError: no such run was started.
    """
    values = {"state": state, "counts": dict(counts), "finished_at": now()}
    with store.begin() as connection:
        done = connection.execute(update(run).where(run.c.id == run_id).values(values).returning(run.c.id)).scalar()
    if done is None:
        raise NotFoundError(f"No run bears the id {run_id}.")


def load_runs(store: Store, *, limit: int = 20) -> list[RunRow]:
    """The latest runs, the latest first."""
    query = select(run).order_by(run.c.started_at.desc(), run.c.id).limit(limit)
    with store.begin() as connection:
        return [RunRow.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def load_run(store: Store, run_id: str) -> RunRow:
    """One run by its id or an unambiguous beginning of it.

    Raises:
        NotFoundError: there is no such id.
    """
    with store.begin() as connection:
        ids = select(run.c.id).where(run.c.id.startswith(run_id, autoescape=True)).limit(6)
        full_id = only_id(list(connection.execute(ids).scalars()), run_id)
        row = connection.execute(select(run).where(run.c.id == full_id)).mappings().one()
    return RunRow.model_validate(dict(row))
