"""When the store was last looked after (backed up, relieved of old texts), and what came of it."""

from collections.abc import Mapping

from pydantic import AwareDatetime
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pipeline.store.operation_tables import upkeep
from pipeline.store.rows import Row
from pipeline.store.store import Store, now


class UpkeepRow(Row):
    """The last time that something was done."""

    name: str  #: backup, restore, retention
    at: AwareDatetime
    facts: dict[str, object]


def note_upkeep(store: Store, name: str, facts: Mapping[str, object]) -> None:
    """Note that it was done now; the time before is forgotten."""
    values = {"at": now(), "facts": dict(facts)}
    query = insert(upkeep).values(name=name, **values)
    with store.begin() as connection:
        connection.execute(query.on_conflict_do_update(index_elements=["name"], set_=values))


def load_upkeep(store: Store) -> dict[str, UpkeepRow]:
    """What was done last, by its name."""
    with store.begin() as connection:
        rows = connection.execute(select(upkeep)).mappings()
        return {row["name"]: UpkeepRow(**row) for row in rows}
