"""Whether the articles of a row contradict each other, told one article after the other; pure.

It comes to what :func:`pipeline.store.differences.find_differences` finds of all of them, where no article says two things of
one row. Once they differ they do: nothing that is added later takes a contradiction back.
"""

from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from pipeline.enumerations import Basis, Polarity
from pipeline.status import PROGRESS
from pipeline.store.differences import ONCE, by_day_and_progress, own_status
from pipeline.store.observations import Seen


@dataclass
class Contrasts:
    """What was said so far, as much as it takes to know whether another article fits; all of it can be JSON."""

    differs: bool = False
    stages: dict[str, list[Any]] = field(default_factory=dict)  #: how far along: the first and last that say so
    days: dict[str, list[Any]] = field(default_factory=dict)  #: of each act: how many articles, and their days
    figures: dict[str, list[list[float]]] = field(
        default_factory=dict
    )  #: of each figure: the values of one article, ...

    def add(self, seen: Seen) -> None:
        """Let another article speak."""
        if not self.differs:
            self.differs = self._add_stage(seen) | self._add_days(seen) | self._add_figures(seen)
        if self.differs:
            self.stages, self.days, self.figures = {}, {}, {}

    def _add_stage(self, seen: Seen) -> bool:
        if (status := own_status(seen)) is None:
            return False
        progress, key = PROGRESS[status], list(by_day_and_progress(seen))
        held = self.stages.setdefault(str(progress), [key, key])
        self.stages[str(progress)] = [min(held[0], key), max(held[1], key)]
        return any(
            (int(other) > progress and first < key) or (int(other) < progress and last > key)
            for other, (first, last) in self.stages.items()
        )

    def _add_days(self, seen: Seen) -> bool:
        said: dict[str, set[str]] = {}
        for deed in seen.acts:
            is_done = deed.polarity is Polarity.DONE and deed.basis is Basis.STATED
            if deed.date and is_done and deed.act in ONCE:
                said.setdefault(deed.act.value, set()).add(deed.date)
        is_apart = False
        for act, days in said.items():
            articles, held = self.days.get(act, [0, []])
            every = sorted({*held, *days})
            self.days[act] = [articles + 1, every]
            fits = all(one.startswith(other) or other.startswith(one) for one, other in combinations(every, 2))
            is_apart = is_apart or (articles > 0 and not fits)
        return is_apart

    def _add_figures(self, seen: Seen) -> bool:
        said: dict[str, set[float]] = {}
        for name, unit, value in seen.figures:
            said.setdefault(f"{name}\t{unit}", set()).add(value)
        is_apart = False
        for name, values in said.items():
            held = self.figures.setdefault(name, [])
            is_apart = is_apart or any(values.isdisjoint(other) for other in held)
            if sorted(values) not in held:
                held.append(sorted(values))
        return is_apart
