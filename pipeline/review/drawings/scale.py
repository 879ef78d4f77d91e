"""A scale of time: where a day stands on a line, and which months or years are written below it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.store.days import first_day, last_day

# Their words are 60 units wide, and the line of time some 600 long.
_MOST_TICKS = 9
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# A step of months is taken where it gives no more ticks than that; then come steps of years.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24_000)


class Tick(NamedTuple):
    """A day that is written below the line."""

    x: float
    words: str  #: "Jul 2025", "2025"


class Scale(NamedTuple):
    """Days from the first to the last, between two places of a drawing."""

    first: date
    last: date
    left: float
    right: float

    def place(self, iso: str) -> float:
        """Where a day, or the middle of a month or year, stands; what lies outside stands at the edge."""
        begin, end = first_day(iso), last_day(iso)
        return self.place_day(begin + (end - begin) / 2)

    def place_day(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)

    def ticks(self) -> list[Tick]:
        """The first days of months or years, at most nine, evenly spread."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next(each for each in _STEPS if months // each < _MOST_TICKS)
        return list(self._find_ticks(step))

    def _find_ticks(self, step: int) -> Iterator[Tick]:
        number = self.first.year * 12 + self.first.month - 1
        for month in range(-(-number // step) * step, date.max.year * 12, step):
            day = date(month // 12, month % 12 + 1, 1)
            if day > self.last:
                return
            if day >= self.first:
                words = str(day.year) if step % 12 == 0 else f"{_MONTHS[day.month - 1]} {day.year}"
                yield Tick(self.place_day(day), words)


def make_scale(days: Iterable[str], *, left: float, right: float) -> Scale | None:
    """A scale that has room for all these days and a little more on both sides; None where there are none.

    Args:
        days: ISO dates or prefixes of them.
        left: where the first stands.
        right: where the last stands.
    """
    given = list(days)
    if not given:
        return None
    first, last = min(map(first_day, given)), max(map(last_day, given))
    # A twentieth of the time, and a month at least: one day alone stands in the middle of two months.
    margin = timedelta(days=max((last - first).days // 20, 30))
    return Scale(_move(first, -margin), _move(last, margin), left, right)


def _move(day: date, by: timedelta) -> date:
    return date.fromordinal(min(max(day.toordinal() + by.days, date.min.toordinal()), date.max.toordinal()))
