"""What failed on the road, with its stage, its reason and its bytes, until it succeeds."""

import hashlib

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert

from pipeline.store import schema
from pipeline.store.queries import only_id
from pipeline.store.rows import Failure, FailureRow
from pipeline.store.store import Store, now


def save_failure(  # noqa: PLR0913 -- the five facts of a failure, each by name
    store: Store, *, address: str, stage: str, reason: str, raw: bytes | None = None, raw_id: str | None = None
) -> str:
    """Put a failure into quarantine; the same failure again is counted, not added. Returns its id.

    The bytes need not be given where the raw article was saved; they are found by its id.
    """
    raw_key = raw_id or (hashlib.sha256(raw).hexdigest() if raw is not None else "")
    failure_id = "qu-" + hashlib.sha256(f"{address}\n{stage}\n{raw_key}".encode()).hexdigest()[:16]
    table, at = schema.quarantine, now()
    # A reason may quote what it failed on; a NUL or half a character in it must not make a second failure of it.
    readable = reason.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    with store.begin() as connection:
        connection.execute(
            insert(table)
            .values(
                id=failure_id,
                address=address,
                stage=stage,
                reason=readable,
                raw_id=raw_id,
                raw=None if raw_id else raw,
                times=1,
                first_at=at,
                last_at=at,
            )
            .on_conflict_do_update(
                index_elements=["id"],
                set_={"reason": readable, "times": table.c.times + 1, "last_at": at, "resolved_at": None},
            )
        )
    return failure_id


def load_quarantine(store: Store) -> list[FailureRow]:
    """What stands in quarantine, the latest first."""
    table = schema.quarantine
    query = _select().where(table.c.resolved_at.is_(None)).order_by(table.c.last_at.desc(), table.c.id)
    with store.begin() as connection:
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


def _select() -> Select[tuple[object, ...]]:
    table, raw_article = schema.quarantine, schema.raw_article
    columns = [table.c[name] for name in FailureRow.model_fields if name != "size"]
    kept = func.coalesce(table.c.raw, raw_article.c.body)
    return select(*columns, func.length(kept).label("size")).select_from(
        table.outerjoin(raw_article, raw_article.c.id == table.c.raw_id)
    )
