"""What jobs return: numbers and failures, small enough to pass between processes, print and keep with a run.

Ids and counts travel, never documents or vectors: a scheduler that copies results about must have little to copy.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Self

from pydantic import Field

from pipeline.errors import ArticleError, EntenteError, PassingError
from pipeline.records import Record


class Failure(Record):
    """One input that did not become an article; what was fetched of it stands in quarantine."""

    address: str
    stage: str  #: fetch, read, extract or save; source, where a feed or sitemap itself failed (it is no article)
    reason: str  #: one line for a person
    exit_code: int = Field(description="what a command that does nothing but this input ends with")
    is_passing: bool = Field(default=False, description="the web was asked and may answer another time: worth a retry")

    @classmethod
    def of(cls, error: EntenteError, *, address: str, stage: str) -> Self:
        """The failure that an error tells of; address and stage stand in where the error knows none itself."""
        return cls(
            address=address,
            stage=error.stage if isinstance(error, ArticleError) else stage,
            reason=str(error),
            exit_code=error.exit_code,
            is_passing=isinstance(error, PassingError),
        )


class Counts(Record):
    """Numbers of one job that add up: the sum of two batches is as if they had been one."""

    @classmethod
    def total(cls, parts: Iterable[Self]) -> Self:
        """Field by field: numbers are added, tuples joined; nothing gives zeros."""
        columns: dict[str, list[int | tuple[object, ...]]] = {name: [] for name in cls.model_fields}
        for part in parts:
            for name, value in part:
                columns[name].append(value)
        return cls.model_validate({name: _add(values) for name, values in columns.items() if values})

    def numbers(self) -> dict[str, int]:
        """The counts alone, for a run's row and a table; failures are counted as ``quarantined``."""
        return {name: value for name, value in self if isinstance(value, int)}


class FetchCounts(Counts):
    """What a fetch brought in."""

    raw_ids: tuple[str, ...] = ()  #: to be read next; what was read before is not among them
    known: int = 0  #: the same bytes from the same address were read before
    resting: int = 0  #: sources that were not asked, because they keep failing
    failures: tuple[Failure, ...] = ()

    def numbers(self) -> dict[str, int]:
        """How much was fetched, was known, and failed."""
        fetched = {"fetched": len(self.raw_ids) + self.known, "known": self.known, "quarantined": len(self.failures)}
        return fetched | ({"resting": self.resting} if self.resting else {})


class IngestCounts(Counts):
    """What became of inputs: articles that are new, changed, known or failed, and the records that came of them."""

    new: int = 0
    revisions: int = 0  #: a known article whose text or date has changed
    known: int = 0  #: the text is already in
    foreign: int = 0  #: new or changed, but not in English: kept and marked, nothing is extracted
    entities: int = 0
    agreements: int = 0
    claims: int = 0
    resting: int = 0  #: sources that were not asked, because they keep failing
    failures: tuple[Failure, ...] = ()

    @classmethod
    def of_fetch(cls, fetched: FetchCounts) -> Self:
        """What a fetch has settled already: what is known, what failed, which sources were left alone."""
        return cls(known=fetched.known, resting=fetched.resting, failures=fetched.failures)

    @property
    def quarantined(self) -> int:
        """How many inputs failed; each stands in quarantine."""
        return len(self.failures)

    def numbers(self) -> dict[str, int]:
        """The counts, with the failures counted as ``quarantined``."""
        return super().numbers() | {"quarantined": self.quarantined}


class LinkCounts(Counts):
    """What linking made of all current agreements."""

    observations: int = 0
    rows: int = 0
    changed: int = 0  #: links that are new or lead elsewhere than before
    duplicates: int = 0  #: articles that are newly found to repeat another one


class EmbedCounts(Counts):
    """What was embedded."""

    embedded: int = 0  #: contents that had no vector until now


class ThemeCounts(Counts):
    """What became of passages and claims that had no theme."""

    members: int = 0  #: that came in or had waited; of a clustering of all, all
    themes: int = 0  #: that there are now
    joined: int = 0  #: members that found their theme
    founded: int = 0  #: themes that are new
    waiting: int = 0  #: members that fit nowhere so far


class BadLine(Record):
    """A line that was not imported, and why."""

    number: int
    problem: str


class ImportReport(Record):
    """What became of a spreadsheet's lines."""

    source: str
    batch: str | None  #: to undo all of it by; None where nothing was written
    new: int = 0
    changed: int = 0
    same: int = 0
    bad: tuple[BadLine, ...] = ()
    left: tuple[str, ...] = ()  #: headers of columns that were not read
    is_check: bool = False


def _add(values: list[int | tuple[object, ...]]) -> int | tuple[object, ...]:
    numbers = [value for value in values if isinstance(value, int)]
    return (
        sum(numbers) if numbers else tuple(chain.from_iterable(value for value in values if isinstance(value, tuple)))
    )
