"""Runs of flows and commands: when, with what settings and versions, how long it took, and what came of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as put

from pipeline.errors import NotFoundError
from pipeline.store.queries import only_id
from pipeline.store.run_rows import Made, RunEnd, RunRow, StageTime
from pipeline.store.run_tables import run, run_extraction
from pipeline.store.store import Store, now

# Of a poll that fails as a whole there are thousands, all in quarantine; a run's page shows what kind they are.
_MOST_FAILURES = 100
_BATCH = 1_000  # rows deleted in one transaction
_STAGES = ("fetch", "read", "extract", "save", "link", "embed", "cluster")


def start_run(store: Store, kind: str, *, settings: Mapping[str, Any], versions: Mapping[str, str]) -> str:
    """Note that a run began; returns its id.

    Args:
        store: the open store.
        kind: what runs: ``ingest``, ``themes``, ...
        settings: what it was asked to do; JSON-able, without secrets.
        versions: of the pipeline and its models.
    """
    run_id = f"rn-{uuid4().hex[:16]}"
    at = now()
    values = {"id": run_id, "kind": kind, "state": "running", "started_at": at, "beat_at": at, "counts": {}}
    with store.begin() as connection:
        connection.execute(insert(run).values(**values, settings=dict(settings), versions=dict(versions)))
    return run_id


def note_versions(store: Store, run_id: str, versions: Mapping[str, str]) -> None:
    """Add versions that were not known when the run began, such as the pipeline's fingerprint.

    Raises:
        NotFoundError: no such run was started.
    """
    query = update(run).where(run.c.id == run_id).values(versions=run.c.versions.concat(dict(versions)))
    with store.begin() as connection:
        _check_found(connection.execute(query.returning(run.c.id)).scalar(), run_id)


def note_times(store: Store, run_id: str, times: Iterable[StageTime]) -> None:
    """Add what stages took to what is noted of this run already; so a run that is killed still tells of most of it.

    Raises:
        NotFoundError: no such run was started.
    """
    with store.begin() as connection:
        noted = connection.execute(select(run.c.timings).where(run.c.id == run_id).with_for_update()).scalar()
        _check_found(None if noted is None else run_id, run_id)
        joined = join_times([*map(StageTime.model_validate, noted or ()), *times])
        query = update(run).where(run.c.id == run_id)
        connection.execute(query.values(timings=[each.model_dump() for each in joined], beat_at=now()))


def join_times(times: Iterable[StageTime]) -> tuple[StageTime, ...]:
    """The sum for each stage, in the order of the road; other stages after them."""
    joined: dict[str, StageTime] = {}
    for each in times:
        known = joined.get(each.stage, StageTime(stage=each.stage, wall=0.0, cpu=0.0, times=0))
        joined[each.stage] = StageTime(
            stage=each.stage,
            wall=known.wall + each.wall,
            cpu=known.cpu + each.cpu,
            times=known.times + each.times,
        )
    return tuple(
        sorted(joined.values(), key=lambda each: _STAGES.index(each.stage) if each.stage in _STAGES else len(_STAGES))
    )


def note_extraction(
    connection: Connection, run_id: str | None, key: tuple[str, int, str], *, old: tuple[int, str] | None = None
) -> None:
    """Note, in the transaction that saves an extraction, which run made it; saying it twice changes nothing.

    Args:
        connection: of that transaction.
        run_id: the run; None: nobody asked for a run, and nothing is noted.
        key: article id, revision and fingerprint of the extraction.
        old: revision and fingerprint of what stood in its place.
    """
    if run_id is None:
        return
    old_revision, old_fingerprint = old or (None, None)
    made = Made(
        article_id=key[0],
        revision=key[1],
        fingerprint=key[2],
        old_revision=old_revision,
        old_fingerprint=old_fingerprint,
    )
    connection.execute(put(run_extraction).values(made.model_dump() | {"run_id": run_id}).on_conflict_do_nothing())


def finish_run(store: Store, run_id: str, end: RunEnd) -> None:
    """Note how a run ended (``completed``, ``failed``, ...), what it counted and what failed in it.

    Raises:
        NotFoundError: no such run was started.
    """
    values = end.model_dump() | {"failures": [each.model_dump() for each in end.failures[:_MOST_FAILURES]]}
    query = update(run).where(run.c.id == run_id).values(**values, finished_at=now())
    with store.begin() as connection:
        _check_found(connection.execute(query.returning(run.c.id)).scalar(), run_id)


def crash_run(store: Store, run_id: str, *, message: str) -> bool:
    """Note that a run's process is gone; returns whether it still said "running"."""
    query = update(run).where(run.c.id == run_id, run.c.state == "running")
    with store.begin() as connection:
        values = {"state": "crashed", "message": message, "finished_at": now()}
        return connection.execute(query.values(**values)).rowcount > 0


def delete_idle_runs(store: Store, before: datetime) -> int:
    """Forget the runs that began before and made no extraction: most polls find nothing new; returns how many.

    What the others made can be compared for ever (``entente diff``).
    """
    made = exists().where(run_extraction.c.run_id == run.c.id)
    idle = select(run.c.id).where(run.c.started_at < before, run.c.state != "running", ~made).limit(_BATCH)
    deleted = 0
    while True:
        with store.begin() as connection:
            found = connection.execute(delete(run).where(run.c.id.in_(idle.scalar_subquery()))).rowcount
        deleted += found
        if found < _BATCH:
            return deleted


def load_running(store: Store) -> list[RunRow]:
    """The runs that have not said how they ended, the oldest first."""
    query = select(run).where(run.c.state == "running").order_by(run.c.started_at)
    with store.begin() as connection:
        return [RunRow.model_validate(dict(row)) for row in connection.execute(query).mappings()]


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


def count_made(store: Store, run_id: str) -> int:
    """How many extractions a run made."""
    with store.begin() as connection:
        query = select(func.count()).select_from(run_extraction).where(run_extraction.c.run_id == run_id)
        return connection.execute(query).scalar_one()


def load_made(store: Store, run_id: str, *, after: str = "", limit: int = 500) -> list[Made]:
    """The extractions that a run made, by article id; of an article that it read twice, all.

    Args:
        store: the open store.
        run_id: the run's whole id.
        after: the last article id of the page before.
        limit: how many articles make a page; 500 keys are 50 kB.
    """
    columns = [run_extraction.c[name] for name in Made.model_fields]
    of_run = run_extraction.c.run_id == run_id
    page = select(run_extraction.c.article_id.distinct()).where(of_run, run_extraction.c.article_id > after)
    page = page.order_by(run_extraction.c.article_id).limit(limit)
    query = select(*columns).where(of_run, run_extraction.c.article_id.in_(page))
    query = query.order_by(run_extraction.c.article_id, run_extraction.c.revision, run_extraction.c.fingerprint)
    with store.begin() as connection:
        return [Made(**row) for row in connection.execute(query).mappings()]


def _check_found(found: str | None, run_id: str) -> None:
    if found is None:
        raise NotFoundError(f"No run bears the id {run_id}.")
