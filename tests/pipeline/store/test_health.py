from datetime import timedelta

from sqlalchemy import text

from pipeline.store.health import load_health, load_last_runs
from pipeline.store.quarantine import NewFailure, drop_failures, save_failure
from pipeline.store.raws import save_raw
from pipeline.store.run_rows import RunEnd
from pipeline.store.runs import finish_run, start_run
from pipeline.store.store import now


def test_an_empty_store(store):
    found = load_health(store, now())
    assert (found.articles, found.unread, found.unlinked, found.unembedded, found.failed, found.due) == (0,) * 6
    assert found.newest is None
    assert found.size > 1_000_000


def test_what_waits_and_what_fails_is_counted(store, make, save):
    article, _ = save()
    save_raw(store, make.raw("https://a.example/unread"))
    for number in range(3):
        delays = (0.0,) if number else (3600.0,)
        save_failure(store, NewFailure(address=f"/{number}", stage="fetch", reason="away", delays=delays))
    dropped = save_failure(store, NewFailure(address="/dropped", stage="fetch", reason="away", delays=(0.0,)))
    drop_failures(store, [dropped])
    found = load_health(store, now())
    assert (found.articles, found.unread, found.unlinked) == (1, 1, 1)
    assert (found.failed, found.due) == (3, 2)
    assert found.due_since is not None
    assert found.due_since <= now()
    assert found.newest is not None
    assert found.unembedded > 0
    assert load_health(store, now() + timedelta(hours=2)).due == 3
    assert article.id


def test_the_number_of_articles_of_a_large_store_is_an_estimate(store, save):
    save()
    with store.begin() as connection:
        connection.execute(text("UPDATE pg_class SET reltuples = 20000 WHERE oid = to_regclass('article')"))
    assert load_health(store, now()).articles == 20_000


def test_the_last_run_of_each_kind(store):
    first, second, other = (start_run(store, kind, settings={}, versions={}) for kind in ("ingest", "ingest", "themes"))
    finish_run(store, first, RunEnd(state="failed", counts={}))
    assert {kind: row.id for kind, row in load_last_runs(store).items()} == {"ingest": second, "themes": other}
