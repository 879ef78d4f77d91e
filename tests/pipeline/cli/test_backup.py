"""Backing up and restoring on the command line."""

import json

import pytest

from pipeline.records import RawArticle
from pipeline.store.raws import load_pending, save_raw
from pipeline.store.store import now, open_store


@pytest.fixture
def kept(entente, settings, monkeypatch):
    """The command line on a store with one fetched article."""
    monkeypatch.setenv("ENTENTE_DATABASE_URL", settings.database_url)
    with open_store(settings) as store:
        save_raw(store, RawArticle(address="/1", media_type="text/plain", body=b"Norland.", fetched_at=now()))
    return entente


def test_there_and_back(kept, settings, tmp_path):
    path = tmp_path / "b.zip"
    said = kept("backup", path, "--no-check")
    assert (said.code, said.out.startswith(f"{path}  "), "not checked" in said.out) == (0, True, True)
    with open_store(settings) as store, store.begin() as connection:
        connection.exec_driver_sql("DELETE FROM raw_article")
    said = kept("restore", path)
    assert (said.code, "the store is as it was then" in said.out) == (0, True)
    with open_store(settings) as store:
        assert len(load_pending(store)) == 1
    assert json.loads(kept("restore", path, "--json").out)["snapshot"]["tables"]["raw_article"]["rows"] == 1


def test_old_ones_make_way(kept, tmp_path):
    (tmp_path / "entente-20250101T060000Z.zip").write_bytes(b"x")
    said = kept("backup", tmp_path, "--no-check", "--keep", "1")
    assert (said.code, "entente-20250101T060000Z.zip" in said.err) == (0, True)
    made = json.loads(kept("backup", tmp_path, "--no-check", "--json").out)
    assert (made["is_checked"], made["size"] > 1000) == (False, True)


def test_mistakes(kept, tmp_path):
    assert kept("restore", tmp_path / "missing.zip").code == 2
    assert kept("backup", tmp_path / "no" / "b.zip").code == 2
