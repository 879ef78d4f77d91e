"""A gold file between reading and checking: its marks by id beside its records by id."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from pipeline.gold.marks import Mark, Marked
from pipeline.gold.problems import say_nearest
from pipeline.gold.sections import Entry, Tables
from pipeline.gold.tables import HeaderTable
from pipeline.records import Record, Span

_Table = TypeVar("_Table", bound=Record)


@dataclass(frozen=True)
class Source:
    """The parts of one gold file."""

    slug: str
    header: HeaderTable | None
    marked: Marked
    tables: Tables

    @cached_property
    def marks(self) -> dict[str, list[Mark]]:
        """The marks of each id, in the order of the text."""
        found: defaultdict[str, list[Mark]] = defaultdict(list)
        for mark in sorted(self.marked.marks, key=lambda mark: (mark.start, -mark.end)):
            found[mark.key].append(mark)
        return dict(found)

    def find_all(self, table: type[_Table]) -> list[tuple[Entry, _Table]]:
        """Every record of one sort with its entry, in the order of the file."""
        return [(entry, entry.record) for entry in self.tables.entries.values() if isinstance(entry.record, table)]

    def has(self, key: str) -> bool:
        """Whether an id has a record (also one that cannot be read: that is another mistake)."""
        return key in self.tables.entries or key in self.tables.broken

    def say_unknown(self, key: str, letters: str) -> str:
        """``e7 is not there; is "e1" meant?``."""
        known = [each for each in self.tables.entries if each[0] in letters]
        return f"{key} is not in the tables{say_nearest(key, known) if known else ''}"

    def cut(self, mark: Mark) -> Span:
        """The words of a mark."""
        return Span(start=mark.start, end=mark.end, text=self.marked.text[mark.start : mark.end])
