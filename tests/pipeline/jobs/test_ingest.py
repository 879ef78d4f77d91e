"""Inputs become articles once; what is bad stands in quarantine and stops nothing; what was killed can be run again."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import InputError, ModelError
from pipeline.jobs import ingest as ingest_job
from pipeline.jobs.ingest import fetch_inputs, ingest_all, ingest_raws
from pipeline.records import RawArticle
from pipeline.settings import Settings
from pipeline.store.actors import load_entities
from pipeline.store.articles import load_article, load_articles
from pipeline.store.embedded import stop_server
from pipeline.store.filters import ArticleFilter
from pipeline.store.quarantine import load_failure, load_quarantine
from pipeline.store.raws import load_pending, load_raw
from pipeline.store.records import load_claims, load_register
from pipeline.store.runs import load_made, load_runs
from pipeline.store.store import Store, open_store
from pipeline.store.vectors import load_unembedded

ROOT = Path(__file__).parents[3]

INGEST = """
import sys
from pipeline.jobs.ingest import ingest_all
from pipeline.settings import Settings
from pipeline.store.store import open_store

settings = Settings()
with open_store(settings) as store:
    counts = ingest_all(store, sys.argv[1:], settings=settings, given={})
loaded = sorted({"spacy", "torch", "sentence_transformers", "sklearn", "prefect"} & sys.modules.keys())
print(counts.model_dump_json())
print(" ".join(loaded))
"""


def run_ingest(environment: dict[str, str], *inputs: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", INGEST, *map(str, inputs)]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def record_ids(store: Store) -> list[str]:
    """Everything that a reader can see, by id; a row or record that is there twice is in the list twice."""
    rows = load_register(store)
    observations = [seen.agreement_id for row in rows for seen in row.observations]
    entities = [row.id for row in load_entities(store)]
    ids = [row.id for row in rows] + observations + entities + [claim.id for claim in load_claims(store)]
    return sorted(ids + [article.id for article in load_articles(store)])


def test_a_folder_is_ingested_once(store: Store, settings: Settings, folder: Path):
    first = ingest_all(store, [str(folder)], settings=settings, given={})
    seen = record_ids(store)
    second = ingest_all(store, [str(folder)], settings=settings, given={})
    assert (first.new, first.known, first.quarantined) == (3, 0, 0)
    assert min(first.agreements, first.entities, first.claims) > 0
    assert (second.new, second.revisions, second.known, second.agreements) == (0, 0, 3, 0)
    assert record_ids(store) == seen


def test_each_ingest_is_a_run(store: Store, settings: Settings, folder: Path):
    ingest_all(store, [str(folder / "mission.txt")], settings=settings, given={"publisher": "The Gazette"})
    (run,) = load_runs(store)
    assert [each.stage for each in run.timings] == ["fetch", "read", "extract", "save", "link"]
    assert run.versions["pipeline"] == load_articles(store)[0].fingerprint
    assert {each.article_id for each in load_made(store, run.id)} == {each.id for each in load_articles(store)}
    assert (run.kind, run.state, run.counts["new"]) == ("ingest", "completed", 1)
    assert run.settings["given"] == {"publisher": "The Gazette"}
    (article,) = load_articles(store)
    assert article.publisher == "The Gazette"


def test_the_second_run_loads_no_model(environment: dict[str, str], folder: Path):
    counts, loaded = run_ingest(environment, folder).communicate(timeout=120)[0].splitlines()
    assert json.loads(counts)["new"] == 3
    assert "spacy" in loaded.split()
    counts, loaded = run_ingest(environment, folder).communicate(timeout=120)[0].splitlines()
    assert json.loads(counts)["known"] == 3
    assert loaded == ""


def test_a_changed_text_is_a_revision(store: Store, settings: Settings, folder: Path):
    ingest_all(store, [str(folder / "treaty.txt")], settings=settings, given={})
    with (folder / "treaty.txt").open("a", encoding="utf-8") as file:
        file.write("\nIceland later withdrew its reservation.\n")
    counts = ingest_all(store, [str(folder / "treaty.txt")], settings=settings, given={})
    assert (counts.new, counts.revisions) == (0, 1)
    (article,) = load_articles(store)
    assert article.revision == 2


def test_the_same_text_at_a_second_address_is_the_same_article(store: Store, settings: Settings, folder: Path):
    (folder / "copy.txt").write_bytes((folder / "mission.txt").read_bytes())
    counts = ingest_all(store, [str(folder)], settings=settings, given={})
    assert (counts.new, counts.known) == (3, 1)
    assert sorted(len(article.addresses) for article in load_articles(store)) == [1, 1, 2]


def test_what_is_not_english_is_kept_and_marked_and_not_extracted(store: Store, settings: Settings, folder: Path):
    french = (
        "La France et l'Allemagne ont signé le traité d'Aix-la-Chapelle le 22 janvier 2019, a déclaré la ministre. "
    )
    (folder / "french.txt").write_text(french * 3, "utf-8")
    counts = ingest_all(store, [str(folder)], settings=settings, given={})
    assert (counts.new, counts.foreign, counts.quarantined) == (4, 1, 0)
    (article,) = load_articles(store, ArticleFilter(language="!en"))
    assert (article.language, article.agreements, article.claims, article.entities) == ("fr", 0, 0, 0)
    assert not any("Aix-la-Chapelle" in text for _, text in load_unembedded(store, "any"))
    again = ingest_all(store, [str(folder)], settings=settings, given={})
    assert (again.known, again.foreign) == (4, 0)


@pytest.mark.parametrize(
    ("name", "body", "stage"),
    [
        pytest.param("missing.txt", None, "fetch", id="missing-file"),
        pytest.param("table.xyz", b"a,b\n1,2\n", "fetch", id="unknown-extension"),
        pytest.param("empty.txt", b"", "read", id="empty"),
        pytest.param("binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "read", id="binary"),
        pytest.param("long.txt", b"word " * 2_000_000, "read", id="10-MB-of-text"),
    ],
)
def test_a_bad_input_stands_in_quarantine_and_stops_nothing(
    store: Store, settings: Settings, folder: Path, name: str, body: bytes | None, stage: str
):
    if body is not None:
        (folder / name).write_bytes(body)
    inputs = [str(folder / name), str(folder / "mission.txt")]
    counts = ingest_all(store, inputs, settings=settings, given={})
    assert counts.new == 1
    (failure,) = counts.failures
    assert (Path(failure.address).name, failure.stage, failure.exit_code) == (name, stage, 3)
    assert "\n" not in failure.reason
    (row,) = load_quarantine(store)
    assert (row.stage, row.reason) == (failure.stage, failure.reason)
    if stage == "read":
        assert load_failure(store, row.id).raw == body


def test_what_was_mended_leaves_the_quarantine(store: Store, settings: Settings, folder: Path):
    (folder / "empty.txt").write_bytes(b"")
    ingest_all(store, [str(folder / "empty.txt")], settings=settings, given={})
    (folder / "empty.txt").write_text("Chile and Peru signed the Arica Accord in 2025.", "utf-8")
    counts = ingest_all(store, [str(folder / "empty.txt")], settings=settings, given={})
    assert counts.new == 1
    assert load_quarantine(store) == []


def test_wrong_options_are_the_callers_fault(store: Store, settings: Settings, folder: Path):
    with pytest.raises(InputError, match="colour"):
        ingest_all(store, [str(folder)], settings=settings, given={"colour": "red"})


def test_a_source_of_the_catalogue_gives_its_inputs_what_it_knows(store: Store, settings: Settings, folder: Path):
    catalog = folder.parent / "sources.toml"
    place = 'kind = "folder"\npath = "articles"\nauthority = "press"\n'
    catalog.write_text(f'[[source]]\nname = "gazette"\n{place}publisher = "The Gazette"\n', "utf-8")
    settings = settings.model_copy(update={"sources": catalog})
    whole = fetch_inputs(store, [], settings=settings, given={}, source="gazette")
    one = fetch_inputs(store, [str(folder / "mission.txt")], settings=settings, given={}, source="gazette")
    assert len(whole.raw_ids) == 3
    assert set(one.raw_ids) < set(whole.raw_ids)
    assert load_raw(store, one.raw_ids[0]).given["publisher"] == "The Gazette"


@pytest.mark.parametrize(("inputs", "source", "message"), [([], None, "nothing to ingest"), ([], "gazette", "gazette")])
def test_neither_inputs_nor_a_known_source(
    store: Store, settings: Settings, tmp_path: Path, inputs: list[str], source: str | None, message: str
):
    (tmp_path / "sources.toml").write_text("", "utf-8")
    settings = settings.model_copy(update={"sources": tmp_path / "sources.toml"})
    with pytest.raises(InputError, match=message):
        fetch_inputs(store, inputs, settings=settings, given={}, source=source)


def test_a_fault_of_ours_costs_one_article(
    store: Store, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    read_article = ingest_job.read_article

    def read_or_break(raw: RawArticle, *, max_text_bytes: int):  # a fault that no input is known to make
        if raw.address.endswith("treaty.txt"):
            raise RuntimeError("out of luck")
        return read_article(raw, max_text_bytes=max_text_bytes)

    monkeypatch.setattr(ingest_job, "read_article", read_or_break)
    counts = ingest_all(store, [str(folder)], settings=settings, given={})
    assert counts.new == 2
    (failure,) = counts.failures
    assert (failure.stage, failure.reason) == ("read", "RuntimeError: out of luck")
    assert [row.reason for row in load_quarantine(store)] == [failure.reason]
    monkeypatch.undo()
    assert ingest_all(store, [str(folder)], settings=settings, given={}).new == 1


def test_a_missing_model_ends_the_run_and_the_next_one_finishes_it(store: Store, settings: Settings, folder: Path):
    without = settings.model_copy(update={"spacy_model": "no_such_model"})
    with pytest.raises(ModelError, match="no_such_model"):
        ingest_all(store, [str(folder)], settings=without, given={})
    assert [run.state for run in load_runs(store)] == ["failed"]
    assert len(load_pending(store)) == 3
    assert load_quarantine(store) == []
    assert ingest_all(store, [str(folder)], settings=settings, given={}).new == 3


def test_the_caller_hears_of_each_article(store: Store, settings: Settings, folder: Path):
    fetched = fetch_inputs(store, [str(folder)], settings=settings, given={})
    heard: list[str] = []
    ingest_raws(store, fetched.raw_ids, settings=settings, on_article=heard.append)
    assert tuple(heard) == fetched.raw_ids


@pytest.mark.slow
def test_a_run_killed_in_the_middle_can_be_run_again(tmp_path: Path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(50):
        text = f"Norway and Iceland signed the Bergen Treaty {number + 1} on 12 March 2025. Oslo said it must hold.\n"
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    homes = [tmp_path / "killed", tmp_path / "whole"]  # of embedded servers, which the kill must not harm either
    environments = [os.environ | {"ENTENTE_HOME": str(home)} for home in homes]
    try:
        with open_store(Settings(home=homes[0])) as killed, open_store(Settings(home=homes[1])) as uninterrupted:
            saved = kill_in_the_middle(killed, environments[0], folder)
            assert 0 < saved < 50
            again = run_ingest(environments[0], folder).communicate(timeout=200)[0].splitlines()[0]
            whole = run_ingest(environments[1], folder).communicate(timeout=200)[0].splitlines()[0]
            assert (json.loads(again)["new"], json.loads(whole)["new"]) == (50 - saved, 50)
            ids = record_ids(killed)
            assert ids == record_ids(uninterrupted)
            assert len(ids) == len(set(ids)) > 50
            assert sorted(run.state for run in load_runs(killed)) == ["completed", "running"]
            texts = {load_article(killed, article.id).text for article in load_articles(killed)}
            assert len(texts) == 50
    finally:
        for home in homes:
            stop_server(home)


def kill_in_the_middle(store: Store, environment: dict[str, str], folder: Path) -> int:
    """Kill -9 an ingest once some articles are in; how many are."""
    with run_ingest(environment, folder) as process:
        deadline = time.monotonic() + 120
        while len(load_articles(store)) < 5:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
    return len(load_articles(store))
