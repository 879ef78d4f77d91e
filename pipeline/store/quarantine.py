"""What failed, with its bytes."""


def save_failure(
    store: "Store", *, address: str, stage: str, reason: str, raw: bytes | None = None, raw_id: str | None = None
) -> str:
    """Put a failure into quarantine; the same failure again is counted, not added. Returns its id."""
    raise NotImplementedError


def load_quarantine(store: "Store") -> "list[FailureRow]":
    """What stands in quarantine, the latest first."""
    raise NotImplementedError


def load_failure(store: "Store", failure_id: str) -> "Failure":
    """A failure and its bytes."""
    raise NotImplementedError
