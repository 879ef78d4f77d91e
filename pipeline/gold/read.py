"""One gold file: its text with marks and its tables, read strictly, to a :class:`GoldArticle` with offsets.

A file has three parts, each opened by a line that is exactly ``+++``: the head (TOML), the text with its marks, the
tables (TOML). ``corpus/README.md`` describes the format.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.gold.build import build_article
from pipeline.gold.checks import find_problems
from pipeline.gold.marks import read_marks
from pipeline.gold.problems import Problem
from pipeline.gold.records import GoldArticle
from pipeline.gold.sections import read_header, read_tables
from pipeline.gold.source import Source

DIVIDER = "+++"
SUFFIX = ".gold"


class Reading(NamedTuple):
    """What became of a gold file: the article unless something is wrong, and everything there is to say of it."""

    path: Path
    article: GoldArticle | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be mended."""
        return tuple(problem for problem in self.problems if not problem.is_note)


def read_gold(path: Path) -> Reading:
    """Read one gold file and say all that is wrong with it at once."""
    try:
        content = path.read_bytes().decode("utf-8")
    except OSError as error:
        return Reading(path, None, (Problem(1, f"cannot be read ({error.strerror}); check the path"),))
    except UnicodeDecodeError as error:
        return Reading(path, None, (Problem(1, f"is not UTF-8 (byte {error.start}); save it as UTF-8"),))
    source, problems = _read_parts(path, content)
    if source is not None:
        problems = [*problems, *find_problems(source)]
    is_wrong = any(not problem.is_note for problem in problems)
    article = build_article(source) if source is not None and not is_wrong else None
    return Reading(path, article, tuple(sorted(set(problems))))


def load_gold(paths: Sequence[Path]) -> list[GoldArticle]:
    """The articles of gold files that are known to be right.

    Raises:
        InputError: a file has mistakes; the first one is named (``entente corpus check`` names all).
    """
    articles = []
    for reading in map(read_gold, paths):
        if reading.article is None:
            first = reading.errors[0]
            raise InputError(f"{reading.path}:{first.line}: {first.text}; see entente corpus check for all")
        articles.append(reading.article)
    return articles


def find_gold(folder: Path) -> list[Path]:
    """Every gold file of a folder, by name.

    Raises:
        InputError: there is none.
    """
    found = sorted(folder.glob("*" + SUFFIX))
    if not found:
        raise InputError(f"{folder}: has no {SUFFIX} file; run entente where corpus/ is, or name the files")
    return found


def _read_parts(path: Path, content: str) -> tuple[Source | None, list[Problem]]:
    problems = _check_characters(content)
    if not re.fullmatch(r"[0-9]{3,}-[a-z0-9]+(-[a-z0-9]+)*", path.stem) or path.suffix != SUFFIX:
        problems.append(Problem(1, f"{path.name} is no name for a gold file; write NNN-some-words{SUFFIX}"))
    lines = content.split("\n")
    at = [number for number, line in enumerate(lines) if line.rstrip() == DIVIDER]
    if len(at) != 3 or at[0] != 0:
        where = ", ".join(str(number + 1) for number in at) or "none"
        text = (
            f"three lines must be exactly {DIVIDER}: the first one, one before the text, one behind it (found: {where})"
        )
        return None, [*problems, Problem(at[-1] + 1 if at else 1, text)]
    header, found = read_header(lines[1 : at[1]], first_line=2)
    marked = read_marks(lines[at[1] + 1 : at[2]], first_line=at[1] + 2)
    tables = read_tables(lines[at[2] + 1 :], first_line=at[2] + 2)
    problems += [*found, *marked.problems, *tables.problems]
    if not marked.text.strip():
        problems.append(Problem(at[1] + 1, "there is no text; write it between the second and the third +++"))
    return Source(path.stem, header, marked, tables), problems


def _check_characters(content: str) -> list[Problem]:
    return [
        Problem(number, f"has {name}; {what}")
        for number, line in enumerate(content.split("\n"), 1)
        for character, name, what in _UNWANTED
        if character in line
    ]


_UNWANTED = (
    ("\r", "a carriage return", "save the file with LF line ends"),
    ("\t", "a tab", "write a blank"),
    ("\ufeff", "a byte order mark", "save the file without it"),
    ("\x00", "a NUL", "take it away"),
)
