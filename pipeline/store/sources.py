"""How the sources do: what they were asked for last, which items they have shown, and how often they failed.

An item is waiting until it was fetched or has failed into quarantine; what a killed run left waiting, the next one does.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from pipeline.records import Record
from pipeline.sources.items import Item
from pipeline.store.raws import resolve_failures
from pipeline.store.schema import source_document, source_item, source_state
from pipeline.store.store import Store, now

# A source that fails is asked again after a quarter of an hour, then twice that, and so on up to a day: a restart is
# over by then, and of one that is gone a request a day is no burden to anybody.
_FIRST_PAUSE = timedelta(minutes=15)
_LONGEST_PAUSE = timedelta(days=1)
_BATCH = 1_000  # items in one statement: PostgreSQL takes 65,535 values


class SourceState(Record):
    """How a source does."""

    source: str
    authority: str | None = None
    polled_at: datetime | None = None
    changed_at: datetime | None = None
    failures: int = 0  #: in a row, up to now
    reason: str | None = None  #: of the last failure, where it has not succeeded since
    next_try: datetime | None = None  #: it is left alone until then
    items: int = 0  #: that it has ever shown
    waiting: int = 0  #: of them, those still to be fetched

    def is_paused(self, moment: datetime) -> bool:
        """Whether it is left alone at that moment, because it keeps failing."""
        return self.next_try is not None and self.next_try > moment


class DocumentState(Record):
    """What came when a document of a source was fetched last; the first three are for asking whether it has changed."""

    address: str
    etag: str | None = None
    last_modified: str | None = None
    digest: str  #: SHA-256 of its bytes
    stamp: str | None = None  #: what the index that names it said of its last change, and what the catalogue let pass
    fetched_at: datetime | None = None  #: set when it is saved


def load_source_states(store: Store) -> dict[str, SourceState]:
    """The state of every source that was ever polled, by its name."""
    counted = select(
        source_item.c.source,
        func.count().label("items"),
        func.count().filter(source_item.c.done_at.is_(None)).label("waiting"),
    ).group_by(source_item.c.source)
    with store.begin() as connection:
        rows = connection.execute(select(source_state)).mappings()
        states = {row["source"]: dict(row) for row in rows}
        for source, items, waiting in connection.execute(counted):
            states.setdefault(source, {"source": source}).update(items=items, waiting=waiting)
    return {source: SourceState.model_validate(state) for source, state in states.items()}


def load_polled(store: Store) -> dict[str, SourceState]:
    """The state of every source that was ever polled, by its name; its items are not counted, which takes a look at all."""
    with store.begin() as connection:
        rows = connection.execute(select(source_state)).mappings()
        return {row["source"]: SourceState.model_validate(dict(row)) for row in rows}


def save_success(store: Store, source: str, *, authority: str, is_changed: bool) -> None:
    """Note that a source was polled and has answered; what it had failed with is forgotten."""
    at = now()
    values = {"authority": authority, "polled_at": at, "failures": 0, "reason": None, "next_try": None}
    if is_changed:
        values["changed_at"] = at
    with store.begin() as connection:
        query = insert(source_state).values(source=source, **values)
        connection.execute(query.on_conflict_do_update(index_elements=["source"], set_=values))


def save_authority(store: Store, source: str, authority: str) -> None:
    """Note who speaks in a source, without a poll: articles of it were given by hand."""
    query = insert(source_state).values(source=source, authority=authority, failures=0)
    with store.begin() as connection:
        connection.execute(query.on_conflict_do_update(index_elements=["source"], set_={"authority": authority}))


def save_source_failure(
    store: Store, source: str, *, authority: str, reason: str, retry_after: float | None = None
) -> datetime:
    """Note that a source was polled in vain; it is left alone for longer each time.

    Args:
        store: the open store.
        source: its name.
        authority: who speaks there.
        reason: what went wrong, for a person.
        retry_after: seconds that the server asked for, if it did.

    Returns:
        When it may be asked again.
    """
    at = now()
    with store.begin() as connection:
        known = connection.execute(
            select(source_state.c.failures).where(source_state.c.source == source).with_for_update()
        ).scalar()
        failures = (known or 0) + 1
        pause = min(_FIRST_PAUSE * 2 ** min(failures - 1, 10), _LONGEST_PAUSE)
        next_try: datetime = at + max(pause, timedelta(seconds=min(retry_after or 0.0, 7 * 86_400.0)))
        values = {"authority": authority, "polled_at": at, "failures": failures, "reason": reason, "next_try": next_try}
        query = insert(source_state).values(source=source, **values)
        connection.execute(query.on_conflict_do_update(index_elements=["source"], set_=values))
    return next_try


def load_documents(store: Store, source: str) -> dict[str, DocumentState]:
    """What came last from each document of a source, by its address."""
    columns = [source_document.c[name] for name in DocumentState.model_fields]
    with store.begin() as connection:
        rows = connection.execute(select(*columns).where(source_document.c.source == source)).mappings()
        return {row["address"]: DocumentState.model_validate(dict(row)) for row in rows}


def save_document(store: Store, source: str, document: DocumentState, items: Sequence[Item] = ()) -> int:
    """Note what came when a document was fetched, and the items it lists, in one transaction.

    An item is new where the source has never shown it, and again where its stamp has changed.

    Returns:
        How many items are new, or new again.
    """
    at = now()
    values = document.model_dump() | {"source": source, "fetched_at": at}
    with store.begin() as connection:
        query = insert(source_document).values(values)
        connection.execute(query.on_conflict_do_update(index_elements=["source", "address"], set_=values))
        resolve_failures(connection, address=document.address, stage="source")
        new = 0
        for start in range(0, len(items), _BATCH):
            rows = [_to_row(source, item, at) for item in items[start : start + _BATCH]]
            query = insert(source_item).values(rows)
            fresh = query.excluded.stamp
            added = connection.execute(
                query.on_conflict_do_update(
                    index_elements=["source", "address"],
                    set_={"stamp": fresh, "given": query.excluded.given, "done_at": None},
                    where=fresh.is_not(None) & or_(source_item.c.stamp.is_(None), source_item.c.stamp != fresh),
                ).returning(source_item.c.address)
            )
            new += len(added.all())
    return new


def load_waiting(store: Store, source: str, *, limit: int) -> list[Item]:
    """The items of a source that are still to be fetched, the youngest by the source's own dates first."""
    published = source_item.c.given["published"].astext
    query = (
        select(source_item.c.address, source_item.c.stamp, source_item.c.given)
        .where(source_item.c.source == source, source_item.c.done_at.is_(None))
        .order_by(published.desc().nulls_last(), source_item.c.first_seen.desc(), source_item.c.address)
        .limit(limit)
    )
    with store.begin() as connection:
        return [Item(address=row.address, stamp=row.stamp, given=row.given) for row in connection.execute(query)]


def save_done(store: Store, source: str, addresses: Iterable[str]) -> None:
    """Note that items were fetched, have failed into quarantine, or are not wanted."""
    query = update(source_item).where(source_item.c.source == source, source_item.c.address.in_(list(addresses)))
    with store.begin() as connection:
        connection.execute(query.values(done_at=now()))


def _to_row(source: str, item: Item, at: datetime) -> dict[str, object]:
    return {"source": source, "address": item.address, "stamp": item.stamp, "given": item.given, "first_seen": at}
