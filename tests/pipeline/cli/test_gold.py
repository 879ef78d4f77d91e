"""``entente gold``: from decisions to files."""

import json

import pytest

from pipeline.gold.read import find_gold, load_gold
from pipeline.gold.regressions import load_cases
from pipeline.store.queue import load_queue
from pipeline.store.records import load_extraction
from tests.pipeline.store import conftest as stores

make, save = stores.make, stores.save


@pytest.fixture
def own(entente, monkeypatch, database_url):
    """The command line on an empty store of its own."""
    monkeypatch.setenv("ENTENTE_DATABASE_URL", database_url)
    return entente


@pytest.fixture
def decided(own, store, save):
    """An article with an agreement that was accepted and a claim that was rejected."""
    article, _ = save(parties=("Norland",))
    (entity,) = load_extraction(store, article.id).entities
    assert own("decide", "correct", entity.id, "iso", "none").code == 0  # gold knows no state of that code
    for item in load_queue(store):
        assert own("decide", "accept" if item.kind == "agreement" else "reject", item.id).code == 0
    return own


def test_what_people_decided_is_written(decided, tmp_path):
    said = decided("gold", "export", tmp_path / "gold", "--split", "dev", "--json")
    assert (said.code, said.err) == (0, f"1 article(s) written to {tmp_path / 'gold'}, 0 left out\n")
    (article,) = load_gold(find_gold(tmp_path / "gold"))
    assert (article.header.split, [each.name for each in article.agreements], article.claims) == (
        "dev",
        ["Kestrel Treaty"],
        (),
    )
    assert [each["is_written"] for each in json.loads(said.out)] == [True]
    said = decided("gold", "regressions", tmp_path / "cases.jsonl")
    assert said.err == f"1 rejected record(s) written to {tmp_path / 'cases.jsonl'}\n"
    assert [each.kind for case in load_cases(tmp_path / "cases.jsonl") for each in case.rejected] == ["claim"]


def test_what_is_left_out_is_said(own, store, save, tmp_path):
    save(parties=("Westia",), act=None)
    for item in load_queue(store):
        own("decide", "accept", item.id)
    said = own("gold", "export", tmp_path)
    assert "0 article(s) written" in said.err
    assert "has no status" in said.err
    assert "“Westia”, a party of" in said.err


def test_a_split_that_is_none_is_refused(own, tmp_path):
    assert own("gold", "export", tmp_path, "--split", "deb").code == 2
