"""A zip of articles: each of its files is an input with an address of its own, ``/home/a/may.zip!/brief/one.html``.

Nothing is ever unpacked to disk, so a name that leads out of the archive can overwrite nothing; an archive with one is
refused all the same, as are those made to fill a memory. Both looking in and reading run in a worker with limits.
"""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import ArticleError, FetchError, InputError, RefusedError
from pipeline.isolation import IsolationError, Limits, call_isolated
from pipeline.sources.given import SIDECAR, read_sidecar
from pipeline.sources.media import ARCHIVE, known_endings, media_type_of
from pipeline.sources.urls import printable

MEMBER = "!/"  #: between an archive's path and the name of a file in it

MAX_MEMBERS = 10_000  #: files in one archive: a year of a large agency's reports
MAX_MEMBER_BYTES = 50_000_000  #: of one file, unpacked
MAX_TOTAL_BYTES = 1_000_000_000  #: of all files, unpacked
MAX_RATIO = 200  #: of the unpacked size to the packed: text packs to a fifth, the worst honest page to a fiftieth
_SMALL = 1_000_000  # bytes unpacked below which the ratio does not matter
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others may ask for gigabytes of dictionary

_LIMITS = Limits(seconds=20.0, memory=256 * 1024 * 1024)


def is_archive(path: Path) -> bool:
    """Whether a file is an archive, by its name."""
    return path.suffix.lower() == ARCHIVE


def split_member(address: str) -> tuple[Path, str] | None:
    """The archive and the name in it, where an address is a member's: ``/a/b.zip!/c.txt`` -> ``/a/b.zip``, ``c.txt``."""
    archive, mark, name = address.partition(ARCHIVE + MEMBER)
    return (Path(archive + ARCHIVE), name) if mark and name else None


def find_members(path: Path) -> tuple[list[str], list[ArticleError]]:
    """The addresses of the articles in an archive, sorted, and what in it cannot be read.

    Hidden files, sidecars and files of other kinds are passed over in silence, as in a folder.

    Returns:
        Addresses, and an error for the archive where it is refused, damaged or without articles, for each archive in
        it, and for each file that is locked or too large.
    """
    try:
        members = call_isolated(_LIMITS, look_into, str(path))
    except (IsolationError, ValueError) as error:
        return [], [RefusedError(f"{_shown(path)}: {error}", address=str(path))]
    found = [f"{path}{MEMBER}{name}" for name, reason in members if reason is None]
    failures: list[ArticleError] = [
        RefusedError(f"{_shown(path)}{MEMBER}{printable(name)}: {reason}", address=f"{path}{MEMBER}{printable(name)}")
        for name, reason in members
        if reason is not None
    ]
    if not found and not failures:
        text = f"{_shown(path)}: has no article in it; these are read: {known_endings()}"
        failures.append(FetchError(text, address=str(path)))
    return sorted(found), failures


def fetch_member(path: Path, name: str) -> tuple[str, bytes, dict[str, Any]]:
    """Read one file of an archive: its media type, its bytes, and the metadata of the sidecar beside it in the archive.

    Raises:
        RefusedError: the archive is a trap, or damaged; FetchError: it has no such file, or the sidecar is wrong.
    """
    address = f"{path}{MEMBER}{name}"
    sidecar = str(PurePosixPath(name).with_suffix("")) + SIDECAR
    try:
        body, said = call_isolated(_LIMITS, read_members, str(path), (name, sidecar))
    except (IsolationError, ValueError) as error:
        raise RefusedError(f"{_shown(path)}{MEMBER}{printable(name)}: {error}", address=address) from error
    if body is None:
        text = f"{_shown(path)}{MEMBER}{printable(name)}: there is no such file in the archive; check the name"
        raise FetchError(text, address=address)
    try:
        given = {} if said is None else read_sidecar(said, where=f"{_shown(path)}{MEMBER}{printable(sidecar)}")
    except InputError as error:
        raise FetchError(str(error), address=address, raw=body) from error
    return media_type_of(name) or "application/octet-stream", body, given


def look_into(path: str) -> list[tuple[str, str | None]]:
    """The names of an archive's articles and archives, each with what stands against reading it, or None (in the worker).

    Raises:
        ValueError: the archive is damaged, or is made to do harm; it says how.
    """
    with _open(path) as archive:
        return [
            (member.filename, _find_reason(member))
            for member in archive.infolist()
            if _is_article(member) or PurePosixPath(member.filename).suffix.lower() == ARCHIVE
        ]


def read_members(path: str, names: tuple[str, ...]) -> list[bytes | None]:
    """Some files of an archive, None for those that are not there (in the worker).

    Raises:
        ValueError: as :func:`look_into`, and for a file that is locked, too large or damaged.
    """
    with _open(path) as archive:
        known = set(archive.namelist())
        return [_read(archive, name) if name in known else None for name in names]


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    member = archive.getinfo(name)
    reason = _find_reason(member)
    if reason is not None:
        raise ValueError(reason)
    try:
        return archive.read(member)  # never beyond the size that was checked
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, zlib.error) as error:
        raise ValueError("is damaged: it does not unpack") from error


def _open(path: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, OSError, UnicodeError) as error:
        raise ValueError("is no zip that can be opened; pack it again, or give its files in a folder") from error
    try:
        _check(archive.infolist())
    except ValueError:
        archive.close()
        raise
    return archive


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise ValueError(f"has {len(members):,} files in it, more than the {MAX_MEMBERS:,} that are read; split it")
    for member in members:
        if _leads_out(member.filename) or _leads_out(member.orig_filename):
            raise ValueError(f"has a file in it whose name leads out of it: {printable(member.orig_filename)}")
    size, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if size > MAX_TOTAL_BYTES:
        raise ValueError(f"unpacks to {size:,} bytes, more than the {MAX_TOTAL_BYTES:,} that are read; split it")
    if size > _SMALL and size > MAX_RATIO * max(packed, 1):
        raise ValueError(f"unpacks to {size // max(packed, 1):,} times its size: it is made to fill a memory")


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name


def _find_reason(member: zipfile.ZipInfo) -> str | None:
    if PurePosixPath(member.filename).suffix.lower() == ARCHIVE:
        return "is an archive in an archive, which is not read; unpack it first"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link, which is not followed"
    if member.flag_bits & 1:
        return "is locked with a password; pack it without one"
    if member.compress_type not in _METHODS:
        return "is packed in a way that is not read; pack it again with the usual one (deflate)"
    if member.file_size > MAX_MEMBER_BYTES:
        return f"unpacks to {member.file_size:,} bytes, more than the {MAX_MEMBER_BYTES:,} that are read"
    return None


def _is_article(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not member.is_dir() and not is_hidden and media_type_of(member.filename) is not None


def _shown(path: Path) -> str:
    return printable(str(path))
