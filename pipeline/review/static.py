"""The page's own files: styles, scripts, icons. Their digest stands in their address, so that browsers keep them."""

import hashlib
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "static"


class File(NamedTuple):
    """A file as it is sent."""

    body: bytes
    media_type: str


@cache
def load_files() -> dict[str, File]:
    """All files by name; they are few and small, and are read once."""
    paths = sorted(path for path in _FOLDER.rglob("*") if path.is_file())
    return {
        path.relative_to(_FOLDER).as_posix(): File(path.read_bytes(), guess_type(path.name)[0] or "text/plain")
        for path in paths
    }


@cache
def find_digest() -> str:
    """Of all files at once: scripts import each other by names beside them, which must be of the same version."""
    digest = hashlib.sha256()
    for name, file in load_files().items():
        digest.update(name.encode() + b"\0" + file.body + b"\0")
    return digest.hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a file: ``/static/3f9a0c11d2e4/review.css``.

    Raises:
        KeyError: there is no such file.
    """
    load_files()[name]
    return f"/static/{find_digest()}/{name}"
