"""``entente precision``."""

import json

import pytest

from tests.pipeline.store import conftest as stores

make, save = stores.make, stores.save


@pytest.fixture
def own(entente, monkeypatch, database_url):
    """The command line on an empty store of its own."""
    monkeypatch.setenv("ENTENTE_DATABASE_URL", database_url)
    return entente


def test_rules_are_listed_with_their_intervals(own, store, save):
    from pipeline.store.queue import load_queue

    assert "Nobody has decided anything" in own("precision").err
    save()
    for item in load_queue(store):
        own("decide", "accept" if item.kind == "agreement" else "reject", item.id)
    lines = own("precision").out.splitlines()
    assert any(line.split() == ["agreement", "test", "1", "1", "0", "0", "100", "21", "100"] for line in lines)
    assert any(line.split() == ["claim", "test", "1", "0", "0", "1", "0", "0", "79"] for line in lines)
    found = json.loads(own("precision", "--by", "version", "--json").out)
    assert {each["by"] for each in found["precision"]} == {"f1"}
    assert found["corrected_fields"] == []


def test_another_grouping_is_refused(own):
    assert own("precision", "--by", "person").code == 2
