"""When what failed is tried again by itself: the one table, used by all that puts into quarantine."""

from pipeline.jobs.counts import Failure

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0

# A site that restarts is back within minutes, one that moves or is attacked within days; after two weeks it is gone.
_PASSING = (15 * _MINUTE, _HOUR, 4 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY)
# The same bytes fail for the same reason, but for a machine that had too little time or memory, and until Entente is mended.
_SAME_BYTES = (_DAY, 7 * _DAY)
_DELAYS = {"read": _SAME_BYTES, "extract": _SAME_BYTES, "save": (15 * _MINUTE, _HOUR, _DAY)}


def find_delays(failure: Failure, *, retry_after: float | None = None) -> tuple[float, ...]:
    """Seconds to wait after the first failure, the second, and so on; none, where only a person can mend it.

    What the web refused for good (no such page, a forbidden address) and files that are missing are not tried again.

    Args:
        failure: what failed.
        retry_after: seconds that a server asked us to stay away; no try comes sooner.
    """
    delays = (_PASSING if failure.is_passing else ()) if failure.stage == "fetch" else _DELAYS.get(failure.stage, ())
    return tuple(max(delay, retry_after or 0.0) for delay in delays)
