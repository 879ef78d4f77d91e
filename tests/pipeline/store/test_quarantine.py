import pytest

from pipeline.errors import NotFoundError
from pipeline.store.quarantine import (
    NewFailure,
    drop_failures,
    load_due,
    load_failure,
    load_quarantine,
    load_retries,
    mark_due,
    resolve_failure,
    save_failure,
)
from pipeline.store.raws import load_pending, save_raw

RAW = bytes(range(256))


def test_the_bytes_are_kept_as_they_were(store):
    failure_id = save_failure(store, NewFailure(address="/a.bin", stage="read", reason="binary", raw=RAW))
    found = load_failure(store, failure_id[:8])
    assert found.raw == RAW
    assert found.failure.model_dump(exclude={"first_at", "last_at", "next_try"}) == {
        "id": failure_id,
        "address": "/a.bin",
        "stage": "read",
        "reason": "binary",
        "raw_id": None,
        "size": 256,
        "times": 1,
    }


def test_the_bytes_of_a_saved_raw_article_are_found_by_its_id(store, make):
    raw = make.raw("/a.txt")
    failure_id = save_failure(
        store, NewFailure(address="/a.txt", stage="read", reason="?", raw_id=save_raw(store, raw).raw_id)
    )
    assert load_failure(store, failure_id).raw == raw.body
    assert load_quarantine(store)[0].size == len(raw.body)


def test_a_failure_without_bytes_has_none(store):
    failure_id = save_failure(store, NewFailure(address="https://a.example/", stage="fetch", reason="no answer"))
    assert load_failure(store, failure_id).raw is None
    assert load_quarantine(store)[0].size is None


def test_the_same_failure_again_is_counted(store):
    first = save_failure(store, NewFailure(address="/a", stage="read", reason="binary", raw=RAW))
    assert save_failure(store, NewFailure(address="/a", stage="read", reason="binary still", raw=RAW)) == first
    (row,) = load_quarantine(store)
    assert (row.times, row.reason) == (2, "binary still")
    assert row.first_at < row.last_at


def test_of_a_feed_the_latest_bytes_are_kept(store):
    for raw in (b"moved", b"moved again", None):
        save_failure(
            store, NewFailure(address="https://a.example/feed", stage="source", reason="?", raw=raw, source="a")
        )
    (row,) = load_quarantine(store)
    assert (row.times, load_failure(store, row.id).raw) == (3, b"moved again")


def test_the_latest_failure_comes_first_and_what_succeeded_is_gone(store, save):
    save_failure(store, NewFailure(address="/1.txt", stage="extract", reason="?"))
    save_failure(store, NewFailure(address="/2.txt", stage="extract", reason="?"))
    assert [row.address for row in load_quarantine(store)] == ["/2.txt", "/1.txt"]
    save("/1.txt")
    assert [row.address for row in load_quarantine(store)] == ["/2.txt"]


def test_a_reason_may_quote_what_cannot_be_kept(store):
    save_failure(store, NewFailure(address="/a", stage="read", reason="bad: \0 \ud800"))
    assert load_quarantine(store)[0].reason == "bad: \ufffd ?"


def test_an_unknown_id_is_said_to_be_so(store):
    with pytest.raises(NotFoundError, match="qu-123"):
        load_failure(store, "qu-123")


def fail(store, address="/a", **facts):
    return save_failure(store, NewFailure(address=address, stage="fetch", reason="?", **facts))


def test_each_attempt_waits_longer_and_then_no_more(store):
    waits = []
    for _ in range(3):
        fail(store, delays=(60.0, 3600.0))
        (row,) = load_quarantine(store)
        waits.append(row.next_try and (row.next_try - row.last_at).total_seconds())
    assert waits == [60, 3600, None]


def test_attempts_are_counted_anew_after_a_success(store):
    failure_id = fail(store, delays=(60.0,))
    fail(store)
    resolve_failure(store, failure_id)
    assert load_quarantine(store) == []
    fail(store, delays=(60.0,))
    (row,) = load_quarantine(store)
    assert row.times == 1
    assert row.next_try is not None


def test_what_is_due_comes_with_what_was_given(store):
    late = fail(store, "/late", delays=(0.0,), given={"publisher": "The Gazette"})
    fail(store, "/later", delays=(3600.0,))
    fail(store, "/never")
    (due,) = load_due(store)
    assert (due.id, due.address, due.stage, due.raw_id, due.given) == (
        late,
        "/late",
        "fetch",
        None,
        {"publisher": "The Gazette"},
    )
    assert [retry.address for retry in load_retries(store)] == ["/late", "/later", "/never"]
    assert [retry.address for retry in load_retries(store, [late[:8], late])] == ["/late"]


def test_what_is_dropped_is_tried_no_more_and_keeps_its_bytes(store, make):
    raw_id = save_raw(store, make.raw("/a.txt")).raw_id
    failure = NewFailure(address="/a.txt", stage="read", reason="?", raw_id=raw_id, delays=(0.0,))
    failure_id = save_failure(store, failure)
    with pytest.raises(NotFoundError, match="qu-none"):
        drop_failures(store, [failure_id, "qu-none"])
    assert drop_failures(store, [failure_id]) == 1
    assert (load_quarantine(store), load_due(store), load_pending(store)) == ([], [], [])
    assert load_failure(store, failure_id).raw == make.raw("/a.txt").body
    save_failure(store, failure)
    assert [row.times for row in load_quarantine(store)] == [2]


def test_what_is_marked_is_due_now_and_once_it_is_tried_no_more(store):
    never = save_failure(store, NewFailure(address="/never", stage="read", reason="?"))
    save_failure(store, NewFailure(address="/other", stage="read", reason="?"))
    assert load_due(store) == []
    assert mark_due(store, [never[:9]]) == 1
    assert [retry.address for retry in load_due(store)] == ["/never"]
    with pytest.raises(NotFoundError, match="qu-none"):
        mark_due(store, ["qu-none"])
    resolve_failure(store, never)
    assert load_due(store) == []


def test_pages_have_each_failure_once_the_latest_first(store):
    made = [save_failure(store, NewFailure(address=f"/{at}", stage="read", reason="?")) for at in range(5)]
    first = [each.id for each in load_quarantine(store, limit=2)]
    drop_failures(store, [first[-1]])  # what a page ended with may be gone when the next one is asked for
    second = [each.id for each in load_quarantine(store, limit=2, after=first[-1])]
    third = [each.id for each in load_quarantine(store, limit=2, after=second[-1])]
    assert [*first, *second, *third] == made[::-1]
    with pytest.raises(NotFoundError, match="after which to go on"):
        load_quarantine(store, limit=2, after="qu-none")
