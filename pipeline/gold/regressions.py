"""Regression cases: what people rejected, with the texts it stood in, so that it never comes back as trusted.

One article a line, JSON: ``{"article": "ar-…", "text": "…", "published": "2025-07-18", "rejected": [{"kind": "agreement",
"label": "…", "spans": [{"start": 0, "end": 7, "text": "Norland"}]}]}``.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from pipeline.errors import InputError
from pipeline.records import IsoDate, Record, Span


class Rejected(Record):
    """A record that a person said is wrong."""

    id: str
    kind: Literal["agreement", "claim"]
    label: str  #: what an agreement was called; a claim's content
    spans: tuple[Span, ...] = Field(min_length=1)
    rule: str
    decision: int  #: number in the log that it came from


class Case(Record):
    """An article with what was rejected in it."""

    article: str
    title: str | None = None
    publisher: str | None = None
    published: IsoDate | None = None
    text: str
    rejected: tuple[Rejected, ...] = Field(min_length=1)


def load_cases(path: Path) -> list[Case]:
    """The cases of a file.

    Raises:
        InputError: it cannot be read, or a line is none.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); entente gold regressions writes such a file") from error
    return [_read(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def write_cases(path: Path, cases: Iterable[Case]) -> int:
    """Write cases, an article a line; returns how many records were rejected in them.

    Raises:
        InputError: the file cannot be written.
    """
    number = 0
    try:
        with path.open("w", encoding="utf-8") as out:
            for case in cases:
                out.write(case.model_dump_json(exclude_none=True) + "\n")
                number += len(case.rejected)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); check the path and its permissions") from error
    return number


def _read(path: Path, number: int, line: str) -> Case:
    try:
        return Case.model_validate_json(line)
    except ValidationError as error:
        raise InputError(f"{path}:{number}: is no regression case ({error.errors()[0]['msg']})") from error
