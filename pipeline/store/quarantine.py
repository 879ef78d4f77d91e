"""What failed on the road, with its stage, its reason, its attempts and its bytes, until it succeeds or is dropped."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from pipeline.errors import NotFoundError
from pipeline.store import schema
from pipeline.store.queries import only_id
from pipeline.store.rows import Failure, FailureRow, Row
from pipeline.store.store import Store, now


class Retry(NamedTuple):
    """What another try needs to know of a failure."""

    id: str
    address: str
    stage: str
    raw_id: str | None  #: the kept bytes to begin with; without them the address is fetched again
    given: dict[str, Any]  #: what was given to the fetch
    source: str | None = None  #: of the catalogue, that it is from


class NewFailure(Row):
    """Something that has just failed."""

    address: str
    stage: str
    reason: str
    raw: bytes | None = None  #: what was there of it, where no raw article was saved
    raw_id: str | None = None
    given: dict[str, Any] = Field(default_factory=dict)  #: to give to another fetch
    source: str | None = None  #: of the catalogue, that it is from
    delays: tuple[float, ...] = ()  #: seconds to wait after the first failure, the second, ...; then it is left alone


def save_failure(store: Store, failure: NewFailure) -> str:
    """Put a failure into quarantine; the same failure again is counted, not added. Returns its id.

    Its attempts are counted from 1 again where it had succeeded in between. One that was dropped is back: somebody has
    tried it again. Of a feed or sitemap (stage ``source``) the latest bytes are kept: a page that stands in its place may
    be another one each time.
    """
    failure_id = _make_id(failure)
    table, at = schema.quarantine, now()
    # A reason may quote what it failed on; a NUL or half a character in it must not make a second failure of it.
    readable = failure.reason.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    again = {"reason": readable, "last_at": at, "resolved_at": None, "dropped_at": None}
    again |= {"given": failure.given, "source": failure.source, "raw": None if failure.raw_id else failure.raw}
    first = {"address": failure.address, "stage": failure.stage, "raw_id": failure.raw_id, "times": 1, "first_at": at}
    times = case((table.c.resolved_at.is_(None), table.c.times + 1), else_=1)
    put = insert(table).values(id=failure_id, **(again | first))
    kept = func.coalesce(put.excluded.raw, table.c.raw)  # no answer is no reason to lose the last one
    put = put.on_conflict_do_update(index_elements=["id"], set_={**again, "raw": kept, "times": times})
    with store.begin() as connection:
        attempts = connection.execute(put.returning(table.c.times)).scalar_one()
        delay = failure.delays[attempts - 1] if attempts <= len(failure.delays) else None
        next_try = None if delay is None else at + timedelta(seconds=delay)
        connection.execute(update(table).where(table.c.id == failure_id).values(next_try=next_try))
    return failure_id


def load_due(store: Store) -> list[Retry]:
    """What is to be tried again by now, the longest waiting first."""
    table = schema.quarantine
    query = _select_retries().where(table.c.next_try <= now()).order_by(table.c.next_try, table.c.id)
    with store.begin() as connection:
        return [_make_retry(row) for row in connection.execute(query).mappings()]


def load_retries(store: Store, failure_ids: Iterable[str] | None = None) -> list[Retry]:
    """These failures, by their ids or unambiguous beginnings of them, each once; without ids all that stand in quarantine.

    Raises:
        NotFoundError: there is no such id in quarantine.
    """
    table = schema.quarantine
    found: dict[str, Retry] = {}
    with store.begin() as connection:
        if failure_ids is None:
            rows = connection.execute(_select_retries().order_by(table.c.first_at, table.c.id)).mappings()
            return [_make_retry(row) for row in rows]
        for asked in failure_ids:
            begins = table.c.id.startswith(asked, autoescape=True)
            rows = connection.execute(_select_retries().where(begins).limit(6)).mappings()
            retries = {row["id"]: _make_retry(row) for row in rows}
            full_id = only_id(list(retries), asked)
            found[full_id] = retries[full_id]
    return list(found.values())


def drop_failures(store: Store, failure_ids: Iterable[str]) -> int:
    """Take failures out of the list and try them no more; their bytes stay. Returns how many.

    Raises:
        NotFoundError: there is no such id in quarantine; then none is dropped.
    """
    ids = [retry.id for retry in load_retries(store, failure_ids)]
    table = schema.quarantine
    with store.begin() as connection:
        connection.execute(update(table).where(table.c.id.in_(ids)).values(dropped_at=now(), next_try=None))
    return len(ids)


def mark_due(store: Store, failure_ids: Iterable[str]) -> int:
    """Have failures tried again by the next run that looks for what is due (:func:`load_due`). Returns how many.

    Raises:
        NotFoundError: there is no such id in quarantine; then none is marked.
    """
    ids = [retry.id for retry in load_retries(store, failure_ids)]
    table = schema.quarantine
    with store.begin() as connection:
        connection.execute(update(table).where(table.c.id.in_(ids)).values(next_try=now()))
    return len(ids)


def resolve_failure(store: Store, failure_id: str) -> None:
    """Note that what failed has succeeded, where its address alone does not say so."""
    table = schema.quarantine
    with store.begin() as connection:
        connection.execute(update(table).where(table.c.id == failure_id).values(resolved_at=now(), next_try=None))


def load_quarantine(store: Store, *, limit: int | None = None, after: str | None = None) -> list[FailureRow]:
    """What stands in quarantine, the latest first; with a limit, the next ones are those ``after`` the last of these.

    Raises:
        NotFoundError: there is no failure ``after`` which to go on.
    """
    table = schema.quarantine
    query = _select().where(_is_there()).order_by(table.c.last_at.desc(), table.c.id).limit(limit)
    with store.begin() as connection:
        if after:
            query = query.where(_is_after(connection, after))
        return [FailureRow.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def load_failure(store: Store, failure_id: str) -> Failure:
    """A failure and its bytes, by its id or an unambiguous beginning of it; one that is resolved by now is found too.

    Raises:
        NotFoundError: there is no such id.
    """
    table, raw_article = schema.quarantine, schema.raw_article
    with store.begin() as connection:
        ids = select(table.c.id).where(table.c.id.startswith(failure_id, autoescape=True)).limit(6)
        full_id = only_id(list(connection.execute(ids).scalars()), failure_id)
        row = connection.execute(_select().where(table.c.id == full_id)).mappings().one()
        raw = connection.execute(
            select(func.coalesce(table.c.raw, raw_article.c.body))
            .select_from(table.outerjoin(raw_article, raw_article.c.id == table.c.raw_id))
            .where(table.c.id == full_id)
        ).scalar()
    return Failure(failure=FailureRow.model_validate(dict(row)), raw=raw)


def _make_id(failure: NewFailure) -> str:
    key = failure.raw_id or (hashlib.sha256(failure.raw).hexdigest() if failure.raw is not None else "")
    lines = f"{failure.address}\n{failure.stage}\n{'' if failure.stage == 'source' else key}"
    return "qu-" + hashlib.sha256(lines.encode()).hexdigest()[:16]


def _is_there() -> ColumnElement[bool]:
    return and_(schema.quarantine.c.resolved_at.is_(None), schema.quarantine.c.dropped_at.is_(None))


def _is_after(connection: Connection, failure_id: str) -> ColumnElement[bool]:
    """Whether a failure comes after that one in the order of the list; it may have left the list since."""
    table = schema.quarantine
    last = connection.execute(select(table.c.last_at).where(table.c.id == failure_id)).scalar()
    if last is None:
        raise NotFoundError(f"Nothing in quarantine bears the id {failure_id}, after which to go on.")
    is_below = or_(table.c.last_at < last, table.c.id > failure_id)
    return and_(table.c.last_at <= last, is_below)  # the first alone leads an index to the place


def _select_retries() -> Select[Any]:
    return select(*(schema.quarantine.c[name] for name in Retry._fields)).where(_is_there())


def _make_retry(row: RowMapping) -> Retry:
    return Retry(**dict(row))


def _select() -> Select[tuple[object, ...]]:
    table, raw_article = schema.quarantine, schema.raw_article
    columns = [table.c[name] for name in FailureRow.model_fields if name != "size"]
    kept = func.coalesce(table.c.raw, raw_article.c.body)
    return select(*columns, func.length(kept).label("size")).select_from(
        table.outerjoin(raw_article, raw_article.c.id == table.c.raw_id)
    )
