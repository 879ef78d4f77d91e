"""What single articles tell a run while it goes on."""

import pytest

from pipeline.jobs.notes import Notes
from pipeline.store.runs import load_run, start_run


@pytest.fixture
def run_id(store):
    return start_run(store, "ingest", settings={}, versions={"entente": "0.1.0"})


def test_what_stages_take_is_added_up_also_where_they_fail(store, run_id):
    notes = Notes(store, run_id)
    for _ in range(2):
        with notes.time("read"):
            pass
    with pytest.raises(ValueError, match="broken"), notes.time("extract"):
        raise ValueError("broken")
    assert notes.stage == "extract"
    notes.flush()
    notes.flush()
    times = load_run(store, run_id).timings
    assert [(each.stage, each.times) for each in times] == [("read", 2), ("extract", 1)]
    assert all(0 <= each.wall < 60 and each.cpu >= 0 for each in times)


def test_several_batches_add_to_one_run(store, run_id):
    for _ in range(3):
        notes = Notes(store, run_id)
        with notes.time("save"):
            pass
        notes.flush()
    (times,) = load_run(store, run_id).timings
    assert (times.stage, times.times) == ("save", 3)


def test_the_version_that_extracts_is_added_to_what_is_known(store, run_id):
    notes = Notes(store, run_id)
    notes.note_fingerprint("0123456789abcdef")
    notes.note_fingerprint("0123456789abcdef")
    assert load_run(store, run_id).versions == {"entente": "0.1.0", "pipeline": "0123456789abcdef"}


def test_without_a_run_nothing_is_written(store):
    notes = Notes(store, None)
    with notes.time("read"):
        notes.note_fingerprint("0123456789abcdef")
    notes.flush()
