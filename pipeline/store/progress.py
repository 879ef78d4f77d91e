"""How far reviewing has come: what is left, what became of the rest, and who decided how much, today and ever.

Nothing here counts the whole: what is open is counted up to a limit, along an index; what people did is kept by day.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, case, func, select

from pipeline.enumerations import DecisionAction, Review
from pipeline.store import schema
from pipeline.store.queue_rows import ItemCount, ItemKind, PersonCount, Progress
from pipeline.store.store import Store

_ITEM, _TALLY = schema.review_item, schema.review_tally
_KINDS: tuple[ItemKind, ...] = ("agreement", "claim", "row")
# Further than this nothing is counted: as many entries of an index are read in two milliseconds, and a person has enough to do.
MOST_COUNTED = 10_000


def load_progress(store: Store, *, most: int = MOST_COUNTED) -> Progress:
    """How much of each sort is decided and open, and what each person decided; days are those of UTC.

    Args:
        store: the open store.
        most: so many of each sort are counted at most; ``is_more`` says that there are more.
    """
    with store.read() as connection:
        items = tuple(_count_kind(connection, kind, most) for kind in _KINDS)
        return Progress(items=items, people=_load_people(connection))


def _count_kind(connection: Connection, kind: ItemKind, most: int) -> ItemCount:
    is_open = _ITEM.c.review.is_(None)
    states = {
        "open": is_open,
        "accepted": _ITEM.c.review == Review.ACCEPT.value,
        "rejected": _ITEM.c.review == Review.REJECT.value,
        "unsure": _ITEM.c.review == Review.UNSURE.value,
        "reopened": _ITEM.c.is_reopened,
    }
    counted = {
        name: select(func.count())
        .select_from(select(_ITEM.c.record_id).where(_ITEM.c.kind == kind, state).limit(most + 1).subquery())
        .scalar_subquery()
        .label(name)
        for name, state in states.items()
    }
    found = {
        name: int(number) for name, number in connection.execute(select(*counted.values())).mappings().one().items()
    }
    is_more = any(each > most for each in found.values())
    return ItemCount(kind=kind, is_more=is_more, **{name: min(number, most) for name, number in found.items()})


def _load_people(connection: Connection) -> tuple[PersonCount, ...]:
    is_today, is_undo = _TALLY.c.day == datetime.now(UTC).date(), _TALLY.c.action == DecisionAction.UNDO.value
    today = _sum(is_today & ~is_undo).label("today")
    query = select(
        _TALLY.c.who, today, _sum(~is_undo).label("in_all"), _sum(is_today & is_undo).label("undone_today")
    ).group_by(_TALLY.c.who)
    rows = connection.execute(query.order_by(today.desc(), _TALLY.c.who)).mappings()
    return tuple(PersonCount(**row) for row in rows)


def _sum(condition: Any) -> Any:  # noqa: ANN401 -- SQL expressions
    return func.coalesce(func.sum(case((condition, _TALLY.c.decisions), else_=0)), 0)
