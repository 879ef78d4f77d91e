"""How a row stood day by day: one walk through its observations in the order of publication, pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from pipeline.enumerations import Authority, Basis, Polarity, Status
from pipeline.status import CHANGES, PROGRESS, STATUS_OF_ACT
from pipeline.store.observations import Seen
from pipeline.store.originals import Originals

_LONGEST = 10  # characters of a whole day


class Day(NamedTuple):
    """How a row stood from a day on on which something of it was published, until the next such day."""

    from_day: date
    until_day: date | None  #: the first day it does not hold any more
    status: Status | None
    status_date: str | None
    observations: int
    independent: int


def first_day(iso: str) -> date:
    """The first day of an ISO date or of a prefix of one: ``2025-07`` → 1 July 2025."""
    return date.fromisoformat((iso + "-01-01")[:_LONGEST])


def last_day(iso: str) -> date:
    """The last day of an ISO date or of a prefix of one: ``2025-07`` → 31 July 2025."""
    start = first_day(iso)
    if len(iso) == _LONGEST:
        return start
    year, month = (start.year + 1, 1) if len(iso) == 4 or start.month == 12 else (start.year, start.month + 1)
    return date(year, month, 1) - timedelta(days=1) if year <= date.max.year else date.max


def find_days(seen: Sequence[Seen], originals: Originals) -> list[Day]:
    """How a row stood by each day of publication; what is undated belongs to none.

    It says of each day what :func:`pipeline.store.observations.find_status` says of all that was published until then, in
    one walk: within dated articles every act has a date, so the latest so far is all that has to be kept.
    """
    counted, observations = _Count(originals), 0
    days: list[Day] = []
    for day, group, walk in walk_days(seen):
        observations += len(group)
        for each in group:
            counted.add(each.article_id)
        days.append(Day(day, None, *walk.stand(), observations, counted.number()))
    return close_days(days)


def walk_days(seen: Sequence[Seen]) -> Iterator[tuple[date, list[Seen], "Walk"]]:
    """Each day of publication with what was published on it, and the walk that has come so far."""
    walk = Walk()
    dated = sorted((first_day(each.published), each.agreement_id, each) for each in seen if each.published)
    for day, items in groupby(dated, key=lambda item: item[0]):
        group = [each for _, _, each in items]
        for each in group:
            walk.add(each)
        yield day, group, walk


def close_days(days: Sequence[Day]) -> list[Day]:
    """Days in their order, each until the next one."""
    closed = [day._replace(until_day=following.from_day) for day, following in pairwise(days)]
    return [*closed, *days[-1:]]


_Latest = tuple[str, int, Status]


class Walk:
    """How a row stands after each of its dated observations, whatever their order: add one, ask how it stands."""

    def __init__(self) -> None:
        self.rest, self.everyone, self.is_official = Tally(), Tally(), False

    def add(self, seen: Seen) -> None:
        """Let an observation be known too; of an undated article it changes nothing."""
        if not seen.published:
            return
        self.is_official = self.is_official or seen.authority == Authority.OFFICIAL
        self.everyone.add(seen)
        if seen.authority != Authority.OPINION:
            self.rest.add(seen)

    def stand(self) -> tuple[Status | None, str | None]:
        """The status, and the day it stands on; opinions are asked where nobody else says, once an official speaks."""
        status, day = self.rest.stand() if self.is_official else self.everyone.stand()
        return (status, day) if status is not None else self.everyone.stand()

    def dump(self) -> list[Any]:
        """As JSON; what opinions change nothing of stands once."""
        rest, everyone = self.rest.dump(), self.everyone.dump()
        return [self.is_official, everyone, None if rest == everyone else rest]

    @classmethod
    def load(cls, dumped: Sequence[Any]) -> "Walk":
        """The walk that was dumped so."""
        walk = cls()
        walk.is_official, everyone, rest = dumped
        walk.everyone = Tally.load(everyone)
        walk.rest = Tally.load(everyone if rest is None else rest)
        return walk


@dataclass
class Tally:
    """The latest of the acts so far, of dated articles only."""

    stated: _Latest | None = None
    presupposed: _Latest | None = None
    is_planned: bool = False
    dates: dict[Status, str] = field(default_factory=dict)

    def dump(self) -> list[Any]:
        """As JSON."""
        return [self.stated, self.presupposed, self.is_planned, self.dates]

    @classmethod
    def load(cls, dumped: Sequence[Any]) -> "Tally":
        """The tally that was dumped so."""
        stated, presupposed, is_planned, dates = dumped
        return cls(
            _latest(stated), _latest(presupposed), is_planned, {Status(name): day for name, day in dates.items()}
        )

    def add(self, seen: Seen) -> None:
        """Let an observation of a dated article be known too."""
        for deed in seen.acts:
            status, day = STATUS_OF_ACT[deed.act], deed.date or seen.published or ""
            is_stated = deed.basis is Basis.STATED
            if deed.polarity is Polarity.PLANNED and is_stated and deed.act not in CHANGES:
                self.is_planned = True
            if deed.polarity is not Polarity.DONE or status is None:
                continue
            self.dates[status] = max(self.dates.get(status, ""), day)
            latest = (day, PROGRESS[status], status)
            if is_stated:
                self.stated = max(self.stated or latest, latest)
            else:
                self.presupposed = max(self.presupposed or latest, latest)

    def stand(self) -> tuple[Status | None, str | None]:
        """The status that the acts come to, and the day that it stands on."""
        if self.stated is None and self.is_planned:
            return Status.PLANNED, self.dates.get(Status.PLANNED)
        latest = self.stated or self.presupposed
        return (latest[2], self.dates[latest[2]]) if latest else (None, None)


def _latest(dumped: Sequence[Any] | None) -> _Latest | None:
    return (dumped[0], dumped[1], Status(dumped[2])) if dumped else None


class _Count:
    """How many of the articles so far are independent; :meth:`Originals.count`, one article after the other."""

    def __init__(self, originals: Originals) -> None:
        self.originals = originals
        self.texts: set[str] = set()
        self.repeating: set[str] = set()
        self.taken_by: dict[str, set[str]] = defaultdict(set)
        for text, sources in originals.taken_from.items():
            for source in sources:
                self.taken_by[source].add(text)

    def add(self, article_id: str) -> None:
        text = self.originals.of(article_id)
        self.texts.add(text)
        self.repeating |= self.taken_by.get(text, set()) & self.texts
        if self.originals.taken_from.get(text, frozenset()) & self.texts:
            self.repeating.add(text)

    def number(self) -> int:
        return len(self.texts) - len(self.repeating) or min(len(self.texts), 1)
