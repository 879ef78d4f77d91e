"""Backups: the store in one file, tried by making a store of it; and a store from such a file.

A backup is a zip with ``store.dump`` (PostgreSQL's custom format) and ``manifest.json``, which says what must come out of it.
It is written beside its name first, so that a file that bears its name is whole.
"""

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, cast

from pydantic import ValidationError

from pipeline.errors import InputError, StoreError
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.store.backup import Snapshot, check_version, dump_store, is_empty, restore_store
from pipeline.store.embedded import start_server, stop_server
from pipeline.store.store import now, open_store
from pipeline.store.upkeep import note_upkeep

_DUMP, _MANIFEST = "store.dump", "manifest.json"
_CHUNK = 1 << 20


class Manifest(Record):
    """What a backup says of itself."""

    entente: str  #: the version that wrote it
    made_at: datetime
    snapshot: Snapshot


class Backup(Record):
    """A backup that was made."""

    path: Path
    size: int  #: bytes
    rows: int  #: in all tables
    is_checked: bool  #: a store was made of it, and was the same
    deleted: tuple[Path, ...] = ()  #: older ones that made way


def make_backup(target: Path, *, settings: Settings, check: bool = True, keep: int | None = None) -> Backup:
    """Write the store to a file, and make a store of that file to see that it can be done.

    Args:
        target: the file, or a folder for one that bears the time: ``entente-20261122T060000Z.zip``.
        settings: which store.
        check: make a store of it, on a server of its own beside the file, and compare every table.
        keep: of the backups of that kind in the folder, leave so many; the others are deleted once this one is good.

    Raises:
        InputError: the file cannot be written.
        StoreError: the store cannot be read, or what was written is not what is in it.
    """
    path = target / f"entente-{now():%Y%m%dT%H%M%SZ}.zip" if target.is_dir() else target
    with open_store(settings):  # started and brought up to date
        pass
    manifest = _write(path, _find_url(settings))
    if check:
        check_backup(path)
    deleted = _delete_old(target, keep) if keep is not None and target.is_dir() else ()
    rows = sum(table.rows for table in manifest.snapshot.tables.values())
    made = Backup(path=path, size=path.stat().st_size, rows=rows, is_checked=check, deleted=deleted)
    with open_store(settings) as store:
        note_upkeep(store, "backup", made.model_dump(mode="json", exclude={"deleted"}))
    return made


def check_backup(path: Path) -> Manifest:
    """Make a store of a backup, on a server of its own beside it, and compare every table with what it was.

    Raises:
        InputError: it is no backup.
        StoreError: it cannot be restored, or not as it was.
    """
    manifest = load_manifest(path)
    home = Path(tempfile.mkdtemp(prefix=".entente-check-", dir=path.parent))
    try:
        restore_store(start_server(home), _read_dump(path), manifest.snapshot)
    finally:
        stop_server(home)
        shutil.rmtree(home, ignore_errors=True)
    return manifest


def restore_backup(path: Path, *, settings: Settings, replace: bool = False) -> Manifest:
    """Make the store what it was when the backup was made; in one transaction, wholly or not at all.

    Args:
        path: the backup.
        settings: which store.
        replace: also where there is something in it, which is lost.

    Raises:
        InputError: it is no backup, or the store is not empty.
        StoreError: it is of a newer version, or damaged; the store is as it was.
    """
    manifest = load_manifest(path)
    check_version(manifest.snapshot)
    url = _find_url(settings)
    if not replace and not is_empty(url):
        raise InputError("there are articles in the store, which a restore would replace; say so with --replace")
    restore_store(url, _read_dump(path), manifest.snapshot)
    with open_store(settings) as store:  # brought up to date where the backup is of an older version
        note_upkeep(store, "restore", {"path": str(path), "made_at": manifest.made_at.isoformat()})
    return manifest


def load_manifest(path: Path) -> Manifest:
    """What a backup says of itself.

    Raises:
        InputError: there is no such file, or it is no backup.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return Manifest.model_validate_json(archive.read(_MANIFEST))
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except (OSError, zipfile.BadZipFile, KeyError, ValidationError) as error:
        raise InputError(f"{path}: is no backup of Entente, or was cut off") from error


def _write(path: Path, url: str) -> Manifest:
    partial = path.with_name(path.name + ".partial")
    try:
        # For its owner alone: it holds all that is in the store.
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600, exist_ok=False)
        with partial.open("wb") as file:
            manifest = _fill(file, url)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); give another place") from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _fill(file: BinaryIO, url: str) -> Manifest:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        with archive.open(_DUMP, "w", force_zip64=True) as member:
            snapshot = dump_store(url, cast("BinaryIO", member))
        manifest = Manifest(entente=version("entente"), made_at=now(), snapshot=snapshot)
        archive.writestr(_MANIFEST, json.dumps(manifest.model_dump(mode="json"), indent=1))
    return manifest


def _read_dump(path: Path) -> Iterator[bytes]:
    """The dump, piece by piece; the zip's checksum is compared at its end."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_DUMP) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except (OSError, zipfile.BadZipFile) as error:
        raise StoreError(f"The backup {path} is damaged ({error}); take an older one.") from error


def _delete_old(folder: Path, keep: int) -> tuple[Path, ...]:
    """Their names sort by time."""
    old = sorted(folder.glob("entente-????????T??????Z.zip"))[: -max(keep, 1)]
    for path in old:
        path.unlink()
    return tuple(old)


def _find_url(settings: Settings) -> str:
    return settings.database_url or start_server(settings.home)
