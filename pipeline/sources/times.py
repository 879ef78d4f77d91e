"""When a source is asked: at the times of a cron expression, or every so often; times are UTC.

"0 5 * * *"   minute, hour, day, month, weekday: daily at 05:00
"30m" "6h" "1d"   every thirty minutes, six hours, day
"""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from cronsim import CronSim, CronSimError

_UNITS = {"m": 60.0, "h": 3600.0, "d": 86_400.0}


class Times(NamedTuple):
    """When something runs: one of the two is given."""

    cron: str | None = None  #: five fields
    every: float | None = None  #: seconds between two starts

    @classmethod
    def of(cls, *, schedule: str | None, every: str | None) -> Self:
        """The times that two keys of the catalogue stand for; without both, every morning.

        Raises:
            ValueError: it cannot be read, or both are given.
        """
        if schedule is not None and every is not None:
            raise ValueError("a source has a schedule or every, not both")
        if every is not None:
            return cls(every=parse_every(every))
        return cls(cron=check_cron(schedule or EVERY_MORNING))

    def next_after(self, moment: datetime) -> datetime:
        """The first time after a moment; of ``every``, so long after it."""
        if self.every is not None:
            return moment + timedelta(seconds=self.every)
        found: datetime = next(CronSim(self.cron or EVERY_MORNING, moment.astimezone(UTC)))
        return found


#: 05:00 UTC: the night's news is out, and the brief is there when Europe comes to its desks.
EVERY_MORNING = "0 5 * * *"


def parse_every(words: str) -> float:
    """Seconds: ``parse_every("6h") == 21600.0``; a minute at least.

    Raises:
        ValueError: it is written otherwise.
    """
    found = re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", words)
    if found is None:
        raise ValueError(f'{words!r} is no length of time; write it like "30m", "6h" or "1d"')
    return int(found[1]) * _UNITS[found[2]]


def check_cron(words: str) -> str:
    """The expression itself, where it can be read and has a next time.

    Raises:
        ValueError: it is no cron expression of five fields, or it never comes.
    """
    try:
        next(CronSim(words, datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration) as error:
        raise ValueError(f'{words!r} is no cron expression; "0 5 * * *" is 05:00 UTC each day') from error
    return words
