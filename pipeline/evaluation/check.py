"""The whole check of gold files: each by itself, and all of a corpus beside each other and beside its articles."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.evaluation.articles import find_difference
from pipeline.evaluation.conflicts import find_conflicts
from pipeline.gold.problems import Problem
from pipeline.gold.read import Reading, read_gold
from pipeline.settings import Settings


class Finding(NamedTuple):
    """A problem and the file it stands in."""

    path: Path
    problem: Problem


class Found(NamedTuple):
    """The outcome of a check."""

    files: int
    findings: tuple[Finding, ...]

    @property
    def notes(self) -> int:
        """How many findings are no mistakes."""
        return sum(finding.problem.is_note for finding in self.findings)

    @property
    def mistakes(self) -> int:
        """How many findings must be mended."""
        return len(self.findings) - self.notes


def check_files(paths: Sequence[Path], *, articles: Path | None, settings: Settings) -> Found:
    """All that is to be said of some gold files.

    Args:
        paths: the gold files.
        articles: the folder of bare articles where the files are the whole corpus; None checks each file by itself.
        settings: how articles are read.
    """
    readings = [read_gold(path) for path in paths]
    findings = [Finding(reading.path, problem) for reading in readings for problem in reading.problems]
    if articles is not None:
        findings += _check_together(readings, articles, settings)
    return Found(len(readings), tuple(sorted(findings)))


def _check_together(readings: Sequence[Reading], folder: Path, settings: Settings) -> Iterator[Finding]:
    right = {reading.article.slug: (reading.path, reading.article) for reading in readings if reading.article}
    for conflict in find_conflicts([article for _, article in right.values()]):
        yield Finding(right[conflict.slug][0], Problem(1, conflict.text, is_note=conflict.is_note))
    for path, article in right.values():
        if difference := find_difference(article, folder, settings=settings):
            yield Finding(path, Problem(1, difference))
