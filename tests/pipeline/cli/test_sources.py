"""``entente sources``: the catalogue from the command line, on real feeds."""

import json

import pytest

from pipeline.sources.catalog import load_catalog


@pytest.fixture
def catalog(entente, database_url, tmp_path, monkeypatch):
    """An empty catalogue, and settings in which loopback may be asked without waiting."""
    path = tmp_path / "sources.toml"
    given = {"SOURCES": path, "DATABASE_URL": database_url, "FETCH_ALLOW_PRIVATE": "1", "FETCH_PACE": "0.001"}
    for name, value in (given | {"FETCH_ATTEMPTS": "1"}).items():
        monkeypatch.setenv(f"ENTENTE_{name}", str(value))
    path.write_text("", "utf-8")
    return path


def test_a_source_is_added_checked_listed_and_read(entente, catalog, site):
    url = site.put_feed("/feed", ["/one", "/two"])
    added = entente(
        "sources", "add", url, "--authority", "press", "--name", "post", "--publisher", "The Post", "--pace", "0.01"
    )
    checked = json.loads(entente("sources", "check", "--json").out)
    before = json.loads(entente("sources", "list", "--json").out)
    first = json.loads(entente("ingest", "--source", "post", "--json").out)
    again = json.loads(entente("ingest", "--all", "--json").out)
    (after,) = json.loads(entente("sources", "list", "--json").out)

    assert (added.code, added.out) == (0, f"post  feed  {url}\n")
    assert load_catalog(catalog)[0].publisher == "The Post"
    assert checked == [{"source": "post", "is_ok": True, "items": 2, "reason": None}]
    assert before[0]["items"] == 0
    assert (first["new"], again["new"], again["known"]) == (2, 0, 0)
    assert (after["name"], after["where"], after["items"], after["waiting"], after["failures"]) == (
        "post",
        url,
        2,
        0,
        0,
    )
    assert "post  feed  press      ok" in entente("sources").out


def test_a_source_that_fails_is_said_and_left_alone(entente, catalog, site):
    entente(
        "sources",
        "add",
        site.url("/gone"),
        "--kind",
        "feed",
        "--authority",
        "official",
        "--name",
        "gone",
        "--pace",
        "0.01",
    )
    first, second = entente("ingest", "--source", "gone"), entente("ingest", "--all")
    checked, listed = entente("sources", "check", "gone"), entente("sources", "list")

    assert first.code == 3
    assert "there is no such page (404)" in first.err
    assert "What failed stands in quarantine" in first.err
    assert (second.code, "Left alone, because they keep failing: 1 source(s)" in second.err) == (0, True)
    assert (checked.code, "fails" in checked.out) == (3, True)
    assert "fails, 2 time(s) in a row; left alone until" in listed.out


def test_an_empty_catalogue_says_what_to_do(entente, catalog):
    assert entente("sources").err == "The catalogue has no source yet: entente sources add URL\n"
    assert json.loads(entente("sources", "list", "--json").out) == []
    assert "No source of the catalogue is enabled" in entente("sources", "check").err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["sources", "check", "nobody"], "no source has this name"),
        (["sources", "add", "https://a.example/", "--kind", "blog", "--authority", "press"], "is no kind of source"),
        (["sources", "add", "https://a.example/", "--kind", "feed", "--authority", "rumour"], "authority: "),
        (["sources", "add", "nowhere", "--authority", "press"], "neither a folder nor a web address"),
        (["sources", "add", "https://a.example/"], "--authority"),
        (["ingest", "--all", "a.txt"], "--all reads all sources"),
        (["ingest", "--all", "--source", "a"], "--all reads all sources"),
    ],
)
def test_mistakes_are_said_in_a_line(entente, catalog, words, why):
    said = entente(*words)

    assert said.code == 2
    assert why in said.err
