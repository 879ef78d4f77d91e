import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.store.runs import finish_run, load_run, load_runs, start_run


def test_a_run_is_noted_when_it_begins_and_when_it_ends(store):
    run_id = start_run(store, "ingest", settings={"home": "/x", "limit": 3}, versions={"entente": "0.1.0"})
    begun = load_run(store, run_id)
    assert (begun.state, begun.finished_at, begun.counts) == ("running", None, {})
    finish_run(store, run_id, state="completed", counts={"new": 2})
    ended = load_run(store, run_id[:10])
    assert (ended.state, ended.counts, ended.settings["limit"]) == ("completed", {"new": 2}, 3)
    assert ended.finished_at > ended.started_at == begun.started_at


def test_the_latest_run_comes_first(store):
    ids = [start_run(store, kind, settings={}, versions={}) for kind in ("ingest", "themes", "ingest")]
    assert [row.id for row in load_runs(store, limit=2)] == ids[:0:-1]


def test_ids_that_lead_nowhere_or_to_several_are_said_to(store):
    with pytest.raises(NotFoundError, match="rn-1"):
        finish_run(store, "rn-1", state="failed", counts={})
    for _ in range(2):
        start_run(store, "ingest", settings={}, versions={})
    with pytest.raises(InputError, match="Several ids begin with rn-"):
        load_run(store, "rn-")
