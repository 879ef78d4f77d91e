"""Backups: written, tried, rotated, restored."""

import stat
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import InputError, StoreError
from pipeline.jobs.backup import check_backup, load_manifest, make_backup, restore_backup
from pipeline.records import RawArticle
from pipeline.settings import Settings
from pipeline.store.articles import load_articles
from pipeline.store.raws import load_pending, save_raw
from pipeline.store.store import now
from pipeline.store.upkeep import load_upkeep


def keep(store, address="https://a.example/1"):
    save_raw(store, RawArticle(address=address, media_type="text/plain", body=b"Norland.", fetched_at=now()))


@pytest.mark.slow
def test_a_backup_is_tried_and_the_store_comes_back(store, settings: Settings, tmp_path: Path):
    keep(store)
    made = make_backup(tmp_path, settings=settings)
    assert made.is_checked
    assert made.path.parent == tmp_path
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".entente-check-*")) == []  # the server of the trial is gone
    assert load_upkeep(store)["backup"].facts["rows"] == made.rows
    keep(store, "https://a.example/2")
    assert len(load_pending(store)) == 2
    assert check_backup(made.path).snapshot.tables["raw_article"].rows == 1
    assert restore_backup(made.path, settings=settings).entente
    assert len(load_pending(store)) == 1
    assert load_upkeep(store)["restore"].facts["path"] == str(made.path)


def test_a_store_with_articles_is_replaced_only_when_that_is_said(store, settings: Settings, tmp_path: Path):
    made = make_backup(tmp_path / "b.zip", settings=settings, check=False)
    assert not made.is_checked
    with store.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO article (id, address, revision, fingerprint, first_seen, saved_at)"
            " VALUES ('ar-1', '/1', 1, 'f', now(), now())"
        )
    with pytest.raises(InputError, match="say so with --replace"):
        restore_backup(made.path, settings=settings)
    restore_backup(made.path, settings=settings, replace=True)
    assert load_articles(store) == []


def test_old_backups_make_way_once_the_new_one_is_good(store, settings: Settings, tmp_path: Path):
    old = [tmp_path / f"entente-2025010{day}T060000Z.zip" for day in range(1, 5)]
    other = tmp_path / "mine.zip"
    for path in (*old, other):
        path.write_bytes(b"x")
    made = make_backup(tmp_path, settings=settings, check=False, keep=3)
    assert sorted(tmp_path.iterdir()) == sorted([*old[2:], other, made.path])
    assert made.deleted == tuple(old[:2])


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def forge(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        dump, manifest = archive.read("store.dump"), archive.read("manifest.json")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("store.dump", dump)
        archive.writestr("manifest.json", manifest.replace(b'"schema_version": "00', b'"schema_version": "99'))


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (cut, InputError, "was cut off"),
        (flip, StoreError, "damaged|pg_restore|psql"),
        (forge, StoreError, "newer version of Entente"),
        (lambda path: path.write_bytes(b"x"), InputError, "is no backup"),
        (Path.unlink, InputError, "no such file"),
    ],
)
def test_what_is_wrong_with_a_backup_is_said_and_changes_nothing(store, settings, tmp_path, spoil, error, words):
    made = make_backup(tmp_path / "b.zip", settings=settings, check=False)
    keep(store)
    spoil(made.path)
    with pytest.raises(error, match=words):
        restore_backup(made.path, settings=settings)
    assert len(load_pending(store)) == 1


def test_a_place_that_cannot_be_written_is_named(settings: Settings, tmp_path: Path):
    with pytest.raises(InputError, match="cannot be written"):
        make_backup(tmp_path / "missing" / "b.zip", settings=settings)


def test_the_manifest_says_what_is_in_it(store, settings: Settings, tmp_path: Path):
    made = make_backup(tmp_path / "b.zip", settings=settings, check=False)
    manifest = load_manifest(made.path)
    assert manifest.snapshot.tables["article"].rows == 0
    assert manifest.made_at <= now()
