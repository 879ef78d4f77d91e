"""Where an export goes: a file that is there whole or not at all, or standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from pipeline.errors import InputError

STDOUT = "-"


@contextmanager
def open_output(path: str, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """A binary file to write to; it takes its place once the block ends well, and leaves nothing where it fails.

    Args:
        path: of a file, or ``-`` for standard output.
        overwrite: replace a file that is there.

    Raises:
        InputError: there is a file already, or none can be made there.
    """
    if path == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    if target.is_dir() or (target.exists() and not overwrite):
        raise InputError(f"{path} is there already; give --force to replace it, or --out another place")
    part = _open_part(target)
    try:
        with part:
            yield part
        Path(part.name).chmod(0o666 & ~_find_umask())  # a temporary file is its owner's alone
        Path(part.name).replace(target)
    finally:
        Path(part.name).unlink(missing_ok=True)


def _open_part(target: Path) -> BinaryIO:
    try:
        return NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False)  # type: ignore[return-value]  # it has all that a file has
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); give --out another place") from error


def _find_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
