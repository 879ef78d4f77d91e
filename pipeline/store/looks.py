"""Until when a visitor has seen what changed: what came in since then is new to them."""

from pydantic import AwareDatetime
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from pipeline.store.look_tables import last_look
from pipeline.store.row import Row
from pipeline.store.store import Store


class Look(Row):
    """Until when somebody has seen what changed, and until when before that."""

    at: AwareDatetime
    before: AwareDatetime | None = None


def load_look(store: Store, visitor: str) -> Look | None:
    """The last look of a visitor; None where they never looked."""
    query = select(last_look.c.at, last_look.c.before).where(last_look.c.visitor == visitor)
    with store.begin() as connection:
        row = connection.execute(query).mappings().first()
    return Look(**row) if row else None


def save_look(store: Store, visitor: str, at: AwareDatetime) -> Look:
    """Note that a visitor has seen all until a moment; the look before is kept, to go back to (:func:`step_back`).

    A moment before the last look changes nothing: two windows of one visitor do not take back what the other said.
    """
    put = insert(last_look).values(visitor=visitor, at=at)
    later = put.on_conflict_do_update(
        index_elements=["visitor"],
        set_={"at": put.excluded.at, "before": last_look.c.at},
        where=last_look.c.at < put.excluded.at,
    )
    with store.begin() as connection:
        connection.execute(later)
    found = load_look(store, visitor)
    assert found is not None, "it was put there"
    return found


def step_back(store: Store, visitor: str) -> Look | None:
    """Go back to the look before the last one; where there was none, all is as it stands."""
    query = update(last_look).where(last_look.c.visitor == visitor, last_look.c.before.is_not(None))
    with store.begin() as connection:
        connection.execute(query.values(at=last_look.c.before, before=None))
    return load_look(store, visitor)
