"""The counts in the data card: one generated block between two comments."""

import re
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluation.counts import Counts, render_counts

_BEGIN = "<!-- counts: written by `entente corpus stats --update` -->\n"
_END = "<!-- end of counts -->"
_BLOCK = re.compile(re.escape(_BEGIN) + "(?P<counts>.*?)" + re.escape(_END), re.DOTALL)


def update_card(path: Path, lines: Iterable[Counts]) -> None:
    """Put the counts in their block of a Markdown file; the rest stays.

    Raises:
        InputError: the file has no such block.
    """
    text = _read(path)
    if read_counts(path) is None:
        raise InputError(f"{path}: has no block of counts; put {_BEGIN.strip()} and {_END} where it is to stand")
    path.write_text(_BLOCK.sub(lambda _: _BEGIN + "\n" + render_counts(lines) + "\n" + _END, text), encoding="utf-8")


def read_counts(path: Path) -> str | None:
    """What stands in the block of counts, or None where there is no block."""
    found = _BLOCK.search(_read(path))
    return found["counts"].strip() + "\n" if found else None


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
