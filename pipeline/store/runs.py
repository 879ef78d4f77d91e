"""Runs of flows and commands."""


def start_run(store: "Store", kind: str, *, settings: "Mapping[str, Any]", versions: "Mapping[str, str]") -> str:
    """Note that a run began; returns its id."""
    raise NotImplementedError


def finish_run(store: "Store", run_id: str, *, state: str, counts: "Mapping[str, int]") -> None:
    """Note how a run ended: completed, failed, ..."""
    raise NotImplementedError


def load_runs(store: "Store", *, limit: int = 20) -> "list[RunRow]":
    """The latest runs, the latest first."""
    raise NotImplementedError


def load_run(store: "Store", run_id: str) -> "RunRow":
    """One run by its id or an unambiguous beginning of it."""
    raise NotImplementedError
