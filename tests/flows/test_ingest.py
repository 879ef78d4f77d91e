"""The ingest flow, run here and tracked by a real Prefect server."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun

from flows.ingest import ingest
from pipeline.errors import ModelError
from pipeline.settings import Settings
from pipeline.sources.inputs import fetch_article
from pipeline.store.articles import load_articles
from pipeline.store.quarantine import load_quarantine
from pipeline.store.raws import save_raw
from pipeline.store.records import load_register
from pipeline.store.run_rows import RunRow
from pipeline.store.runs import load_runs
from pipeline.store.store import Store, open_store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


def tracked(run: RunRow, client: SyncPrefectClient) -> FlowRun:
    """What Prefect knows of one of our runs."""
    flow_run_id = UUID(str(run.settings["flow_run"]))
    (found,) = client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id])))
    return found


def write_catalog(folder: Path) -> Path:
    """A catalogue beside the folder, with the folder as its one source."""
    catalog = folder.parent / "sources.toml"
    table = '[[source]]\nname = "bulletin"\nkind = "folder"\npath = "articles"\nauthority = "press"\npublisher = "The Gazette"\n'
    catalog.write_text(table, "utf-8")
    return catalog


def test_ingest_is_tracked_and_done_once(settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / "empty.txt").write_bytes(b"")
    monkeypatch.setenv("ENTENTE_SOURCES", str(write_catalog(folder)))
    first = ingest([], source="bulletin")
    second = ingest([str(folder)])

    assert (first.new, first.known, first.quarantined) == (3, 0, 1)
    assert (second.new, second.known) == (0, 3)
    with open_store(settings) as store, get_client(sync_client=True) as client:
        again, run = load_runs(store)
        assert (run.kind, run.state, run.counts["new"], run.counts["quarantined"]) == ("ingest", "completed", 3, 1)
        assert (again.state, again.counts["new"], again.counts["embedded"]) == ("completed", 0, 0)
        assert run.counts["embedded"] > 0
        names = {row.name for row in load_register(store)}
        assert {"Bergen Treaty", "Arica Accord", "Tartu Pact"} <= names
        assert {article.publisher for article in load_articles(store)} == {"The Gazette"}

        flow_run = tracked(run, client)
        assert flow_run.state_name == "Completed"
        assert flow_run.name.startswith("ingest bulletin 20")
        made = {each.key: str(each.data) for each in client.read_artifacts() if each.flow_run_id == flow_run.id}
        assert set(made) == {"ingest-counts", "ingest-failures", "brief", "review"}
        assert {"what": "new", "count": 3} in json.loads(made["ingest-counts"])
        assert "empty.txt" in made["ingest-failures"]
        assert "Bergen Treaty" in made["brief"]
    (brief,) = (settings.home / "briefs").glob("*.html")
    assert "Bergen Treaty" in brief.read_text("utf-8")


def test_what_a_killed_run_left_unread_is_read(settings: Settings, folder: Path):
    with open_store(settings) as store:
        leave_unread(store, settings, folder / "bergen.txt")
        assert ingest([str(folder / "arica.txt")]).new == 2
        assert len(load_articles(store)) == 2


def leave_unread(store: Store, settings: Settings, file: Path) -> None:
    save_raw(store, fetch_article(str(file), settings=settings, given={}))


def test_a_failure_is_recorded_on_both_sides(settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ENTENTE_SPACY_MODEL", "no_such_model")
    with pytest.raises(ModelError, match="no_such_model"):
        ingest([str(folder)])
    with open_store(settings) as store, get_client(sync_client=True) as client:
        (run,) = load_runs(store)
        assert run.state == "failed"
        flow_run = tracked(run, client)
        assert flow_run.state_name == "Failed"
        assert "no_such_model" in str(flow_run.state and flow_run.state.message)


def test_a_site_that_was_busy_for_a_moment_is_no_failure(
    settings: Settings, busy_site: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ENTENTE_FETCH_ALLOW_PRIVATE", "true")
    monkeypatch.setenv("ENTENTE_FETCH_ATTEMPTS", "1")  # so that it is the flow that asks again
    site, asked = busy_site
    counts = ingest([f"{site}/article.txt"])
    assert (counts.new, counts.quarantined) == (1, 0)
    assert asked.count("/article.txt") == 3
    with open_store(settings) as store:
        assert load_quarantine(store) == []
