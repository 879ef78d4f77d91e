"""Writing text into a binary file that stays open afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import BinaryIO, TextIO


@contextmanager
def open_text(out: BinaryIO, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """The file as one of text, in this encoding, line ends as they are written; it belongs to its opener still."""
    lines = TextIOWrapper(out, encoding=encoding, newline="")
    try:
        yield lines
        lines.flush()
    finally:
        lines.detach()
