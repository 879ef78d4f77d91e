"""Near-duplicates are found in what was ingested, linked and counted once; nothing is dropped."""

from pathlib import Path

import pytest

from pipeline.jobs.duplicates import link_duplicates
from pipeline.jobs.ingest import ingest_all
from pipeline.settings import Settings
from pipeline.store.articles import load_articles
from pipeline.store.duplicates import load_duplicates
from pipeline.store.records import load_register
from pipeline.store.store import Store

STORY = (
    "Norway and Iceland signed the Bergen Treaty on 12 March 2025 in the old town hall of Bergen.\n\n"
    "The treaty commits both states to the defence of northern sea lanes, and each of them will send four ships a year. "
    "Ministers spoke of a first step, after which Denmark and the Faroe Islands would be asked to take part as well.\n"
)
FILES = {
    "agency.txt": STORY,
    "copy.txt": STORY.replace("four ships", "4 ships"),
    "teaser.txt": STORY.partition("\n\n")[2].partition(". ")[0] + ".\n",
    "other.txt": "The Bergen Treaty was ratified by Iceland on 3 June 2025 after a debate of two days.\n",
}


@pytest.fixture
def syndicated(tmp_path: Path) -> Path:
    folder = tmp_path / "syndicated"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_an_agencys_story_is_counted_once(store: Store, settings: Settings, syndicated: Path):
    ingest_all(store, [str(syndicated)], settings=settings, given={"published": "2025-06-04"})
    ids = {Path(article.address).stem: article.id for article in load_articles(store)}
    assert len(ids) == len(FILES)
    originals = load_duplicates(store)
    assert originals.count(ids.values()) == 2
    assert originals.of(ids["copy"]) == originals.of(ids["agency"])
    (row,) = [row for row in load_register(store) if row.name == "Bergen Treaty"]
    assert row.independent == 2 < len({seen.article_id for seen in row.observations})
    assert link_duplicates(store) == 0


@pytest.mark.parametrize("most", [1, 50])
def test_how_many_runs_are_kept_changes_nothing(store, settings, syndicated, monkeypatch, most):
    monkeypatch.setattr("pipeline.jobs.duplicates._MOST_RUNS", most)
    ingest_all(store, [str(syndicated)], settings=settings, given={"published": "2025-06-04"})
    ids = {Path(article.address).stem: article.id for article in load_articles(store)}
    originals = load_duplicates(store)
    assert originals.count(ids.values()) == 2
    assert originals.of(ids["copy"]) == originals.of(ids["agency"])


def test_an_edit_can_end_a_repetition(store: Store, settings: Settings, syndicated: Path):
    ingest_all(store, [str(syndicated)], settings=settings, given={})
    (syndicated / "copy.txt").write_text("Chile and Peru signed the Arica Accord in 2025, said Santiago.\n", "utf-8")
    ingest_all(store, [str(syndicated)], settings=settings, given={})
    ids = {Path(article.address).stem: article.id for article in load_articles(store)}
    originals = load_duplicates(store)
    assert originals.of(ids["copy"]) == ids["copy"]
    assert originals.count(ids.values()) == 3
