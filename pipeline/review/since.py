"""From when on something is new to a visitor."""

from datetime import UTC, datetime, timedelta

from pipeline.store.changes import load_last_change
from pipeline.store.looks import load_look
from pipeline.store.store import Store


def find_since(store: Store, name: str) -> datetime:
    """The visitor's last look; of who never looked, one day before the newest article came in, as the brief has it."""
    if (look := load_look(store, name)) is not None:
        return look.at
    now = datetime.now(UTC)
    return (load_last_change(store, until=now) or now) - timedelta(days=1)
