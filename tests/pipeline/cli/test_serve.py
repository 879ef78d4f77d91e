"""``entente serve``: what it prints, and what it refuses. That its schedules fire: tests/flows/test_serving.py."""

import os

import pytest
import yaml

from pipeline.cli.serve import fix_paths
from pipeline.settings import Settings

CATALOG = '[[source]]\nname = "hourly"\nkind = "feed"\nurl = "https://a.example/f"\nauthority = "press"\nevery = "1h"\n'


@pytest.fixture
def catalog(monkeypatch, tmp_path):
    """A catalogue with a source that has times of its own."""
    (tmp_path / "sources.toml").write_text(CATALOG, "utf-8")
    monkeypatch.setenv("ENTENTE_SOURCES", str(tmp_path / "sources.toml"))


@pytest.mark.slow
def test_the_manifest_has_the_sources_of_ones_own_catalogue(entente, catalog):
    said = entente("serve", "--manifest")
    assert said.code == 0
    deployments = yaml.safe_load(said.out)["deployments"]
    assert deployments[0]["name"] == "source-hourly"
    assert deployments[0]["schedules"] == [{"interval": 3600.0, "active": True}]


@pytest.mark.slow
def test_without_a_server_it_says_what_to_do(entente, catalog, monkeypatch, tmp_path):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    for options in ((), ("--prepare",)):
        said = entente("serve", *options)
        assert (said.code, "set PREFECT_API_URL, or run entente up" in said.err) == (1, True)


def test_processes_find_the_same_places_wherever_they_run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("ENTENTE_HOME", "ENTENTE_SOURCES"):
        monkeypatch.setenv(name, "unset")
    fix_paths(Settings(home="here", sources="there/sources.toml"))
    assert os.environ["ENTENTE_HOME"] == str(tmp_path / "here")
    assert os.environ["ENTENTE_SOURCES"] == str(tmp_path / "there" / "sources.toml")
