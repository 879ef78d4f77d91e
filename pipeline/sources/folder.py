"""Articles in files: finding them in folders, reading one with the sidecar of metadata beside it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import ArticleError, FetchError, InputError
from pipeline.sources.archive import is_archive
from pipeline.sources.given import SIDECAR, read_sidecar
from pipeline.sources.media import MEDIA_TYPES, known_endings, media_type_of
from pipeline.sources.stdin import MAX_FILE_BYTES
from pipeline.sources.urls import printable


def find_files(folder: Path) -> tuple[list[str], list[ArticleError]]:
    """All articles and archives in a folder and below it, sorted by path, and what could not be looked at.

    Hidden files and folders, sidecars and files of other kinds are passed over in silence; links to folders are not
    followed (they may run in circles).

    Returns:
        Absolute paths, and an error for a folder without articles, each folder and each name that cannot be read.
    """
    failures: list[ArticleError] = []

    def note(error: OSError) -> None:
        failures.append(_file_error(Path(error.filename), "cannot be opened; check its permissions"))

    found = []
    for path in _walk(folder, note):
        if is_readable_name(path):
            found.append(str(path))
        else:
            failures.append(_name_error(path))
    if not found and not failures:
        failures.append(_file_error(folder, f"has no article in it; these are read: {known_endings()}"))
    return sorted(found), failures


def _walk(folder: Path, note: Callable[[OSError], None]) -> Iterator[Path]:
    for where, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and (media_type_of(name) is not None or is_archive(Path(name))):
                yield Path(where, name)


def is_readable_name(path: Path) -> bool:
    """Whether a path is proper Unicode: others can be neither stored nor shown."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def is_sidecar(path: Path) -> bool:
    """Whether a named file is the sidecar of an article beside it, as ``folder/*`` names it: no article of its own."""
    if not path.name.endswith(SIDECAR):
        return False
    stem = path.name.removesuffix(SIDECAR)
    return any(path.with_name(stem + ending).is_file() for ending in MEDIA_TYPES)


def check_file(path: Path) -> ArticleError | None:
    """What stands against reading a file that was named, or None.

    Its ending must be one that is read; where it is not, the error carries the bytes, so that quarantine can keep them.
    """
    if not is_readable_name(path):
        return _name_error(path)
    if media_type_of(path.name) is None:
        ending = path.suffix or "no ending"
        text = (
            f"files with {printable(ending)} are not read, only {known_endings()}; rename it or save it as one of these"
        )
        return FetchError(f"{printable(str(path))}: {text}", address=str(path), raw=_peek(path))
    return None


def fetch_file(path: Path) -> tuple[str, bytes, dict[str, Any]]:
    """Read one file: its media type, its bytes, and the metadata of its sidecar.

    Raises:
        FetchError: it is missing, cannot be opened or is beyond 100 MB; or its sidecar is wrong.
    """
    media_type = media_type_of(path.name) or "application/octet-stream"
    body = _read(path)
    try:
        return media_type, body, load_sidecar(path)
    except InputError as error:
        raise FetchError(str(error), address=str(path), raw=body) from error


def load_sidecar(path: Path) -> dict[str, Any]:
    """The metadata in NAME.meta.json beside NAME.txt, checked; empty where there is no such file.

    Raises:
        InputError: it is no JSON object, or has an unknown name or a wrong value in it.
    """
    sidecar = path.with_name(path.stem + SIDECAR)
    if not sidecar.is_file():
        return {}
    where = printable(str(sidecar))
    try:
        body = sidecar.read_bytes()
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({error.strerror}); check its permissions") from error
    return read_sidecar(body, where=where)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise _file_error(path, "there is no such file; check the path") from error
    except OSError as error:
        raise _file_error(path, f"cannot be read ({error.strerror}); check its permissions") from error
    if len(body) > MAX_FILE_BYTES:
        raise _file_error(path, f"is larger than {MAX_FILE_BYTES:,} bytes; an article is not: split it")
    return body


def _peek(path: Path) -> bytes | None:
    try:
        return _read(path)
    except FetchError:
        return None


def _file_error(path: Path, text: str) -> FetchError:
    shown = printable(str(path))
    return FetchError(f"{shown}: {text}", address=str(path) if is_readable_name(path) else shown)


def _name_error(path: Path) -> FetchError:
    return _file_error(path, "its name is not valid UTF-8; rename it")
