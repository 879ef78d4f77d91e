from datetime import timedelta

import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.store.run_rows import Made, RunEnd, RunFailure, StageTime
from pipeline.store.runs import (
    count_made,
    crash_run,
    delete_idle_runs,
    finish_run,
    load_made,
    load_run,
    load_running,
    load_runs,
    note_extraction,
    note_times,
    note_versions,
    start_run,
)
from pipeline.store.store import now

TEXT = "Norland and Sudland signed the Kestrel Treaty on 17 July 2025."


def test_a_run_is_noted_when_it_begins_and_when_it_ends(store):
    run_id = start_run(store, "ingest", settings={"home": "/x", "limit": 3}, versions={"entente": "0.1.0"})
    begun = load_run(store, run_id)
    assert (begun.state, begun.finished_at, begun.counts) == ("running", None, {})
    finish_run(store, run_id, RunEnd(state="completed", counts={"new": 2}))
    ended = load_run(store, run_id[:10])
    assert (ended.state, ended.counts, ended.settings["limit"]) == ("completed", {"new": 2}, 3)
    assert ended.finished_at > ended.started_at == begun.started_at


def test_the_latest_run_comes_first(store):
    ids = [start_run(store, kind, settings={}, versions={}) for kind in ("ingest", "themes", "ingest")]
    assert [row.id for row in load_runs(store, limit=2)] == ids[:0:-1]


def test_ids_that_lead_nowhere_or_to_several_are_said_to(store):
    with pytest.raises(NotFoundError, match="rn-1"):
        finish_run(store, "rn-1", RunEnd(state="failed", counts={}))
    for _ in range(2):
        start_run(store, "ingest", settings={}, versions={})
    with pytest.raises(InputError, match="Several ids begin with rn-"):
        load_run(store, "rn-")


def test_what_is_learned_while_a_run_goes_on_is_added(store):
    run_id = start_run(store, "ingest", settings={}, versions={"entente": "0.1.0"})
    note_versions(store, run_id, {"pipeline": "abc"})
    for _ in range(2):
        note_times(store, run_id, [StageTime(stage="read", wall=1.5, cpu=0.5, times=2)])
    row = load_run(store, run_id)
    assert row.versions == {"entente": "0.1.0", "pipeline": "abc"}
    assert row.timings == (StageTime(stage="read", wall=3.0, cpu=1.0, times=4),)
    for note in (lambda: note_versions(store, "rn-1", {}), lambda: note_times(store, "rn-1", [])):
        with pytest.raises(NotFoundError, match="rn-1"):
            note()


def test_a_run_that_failed_says_why_and_keeps_the_first_hundred_failures(store):
    run_id = start_run(store, "ingest", settings={}, versions={})
    failures = tuple(RunFailure(address=f"{n}.txt", stage="read", reason="empty") for n in range(120))
    finish_run(store, run_id, RunEnd(state="failed", counts={}, message="The disk is full.", failures=failures))
    row = load_run(store, run_id)
    assert (row.message, len(row.failures), row.failures[0].address) == ("The disk is full.", 100, "0.txt")


def test_a_run_knows_which_extractions_it_made(store, save):
    run_id = start_run(store, "ingest", settings={}, versions={})
    made = []
    for number in range(3):
        article, _ = save(f"https://a.example/{number}", text=f"{TEXT} {number}")
        made.append(Made(article_id=article.id, revision=1, fingerprint="f1"))
        with store.begin() as connection:
            for _ in range(2):
                note_extraction(connection, run_id, (article.id, 1, "f1"))
            note_extraction(connection, None, (article.id, 1, "f1"))
    made.sort(key=lambda each: each.article_id)
    assert load_made(store, run_id, limit=2) == made[:2]
    assert load_made(store, run_id, after=made[1].article_id) == made[2:]
    assert count_made(store, run_id) == 3


def test_a_run_that_notes_something_lives_and_one_that_crashed_is_over(store):
    run_id = start_run(store, "ingest", settings={}, versions={})
    begun = load_run(store, run_id)
    note_times(store, run_id, [StageTime(stage="read", wall=1.0, cpu=1.0, times=1)])
    assert load_run(store, run_id).beat_at > begun.beat_at == begun.started_at
    assert [row.id for row in load_running(store)] == [run_id]
    assert crash_run(store, run_id, message="killed")
    assert not crash_run(store, run_id, message="killed again")
    assert load_running(store) == []
    assert (load_run(store, run_id).state, load_run(store, run_id).message) == ("crashed", "killed")


def test_old_runs_that_made_nothing_are_forgotten(store, save):
    article, _ = save()
    idle, busy, going = (start_run(store, "ingest", settings={}, versions={}) for _ in range(3))
    for run_id in (idle, busy):
        finish_run(store, run_id, RunEnd(state="completed", counts={}))
    with store.begin() as connection:
        note_extraction(connection, busy, (article.id, 1, "f1"))
    assert delete_idle_runs(store, now() - timedelta(days=1)) == 0
    assert delete_idle_runs(store, now() + timedelta(days=1)) == 1
    assert {row.id for row in load_runs(store)} == {busy, going}
