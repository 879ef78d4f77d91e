"""From when on something is new to a visitor."""

from datetime import UTC, datetime, timedelta

from pipeline.errors import InputError
from pipeline.store.changes import load_last_change
from pipeline.store.looks import load_look
from pipeline.store.store import Store


def find_since(store: Store, name: str) -> datetime:
    """The visitor's last look; of who never looked, one day before the newest article came in, as the brief has it."""
    if (look := load_look(store, name)) is not None:
        return look.at
    now = datetime.now(UTC)
    return (load_last_change(store, until=now) or now) - timedelta(days=1)


def read_moment(given: str) -> datetime | None:
    """The first moment (UTC) of a day, or a moment with its time zone, as an address has it; None where none is given.

    Example: ``2025-07-17`` → 2025-07-17 00:00 UTC.

    Raises:
        InputError: it is neither.
    """
    if not given.strip():
        return None
    try:
        found = datetime.fromisoformat(given.strip())
    except ValueError as error:
        raise InputError(f"“{given[:40]}” is no day: write it like 2025-09-12.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
