import pytest

from pipeline.errors import NotFoundError
from pipeline.store.quarantine import load_failure, load_quarantine, save_failure
from pipeline.store.raws import save_raw

RAW = bytes(range(256))


def test_the_bytes_are_kept_as_they_were(store):
    failure_id = save_failure(store, address="/a.bin", stage="read", reason="binary", raw=RAW)
    found = load_failure(store, failure_id[:8])
    assert found.raw == RAW
    assert found.failure.model_dump(exclude={"first_at", "last_at"}) == {
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
    failure_id = save_failure(store, address="/a.txt", stage="read", reason="?", raw_id=save_raw(store, raw).raw_id)
    assert load_failure(store, failure_id).raw == raw.body
    assert load_quarantine(store)[0].size == len(raw.body)


def test_a_failure_without_bytes_has_none(store):
    failure_id = save_failure(store, address="https://a.example/", stage="fetch", reason="no answer")
    assert load_failure(store, failure_id).raw is None
    assert load_quarantine(store)[0].size is None


def test_the_same_failure_again_is_counted(store):
    first = save_failure(store, address="/a", stage="read", reason="binary", raw=RAW)
    assert save_failure(store, address="/a", stage="read", reason="binary still", raw=RAW) == first
    (row,) = load_quarantine(store)
    assert (row.times, row.reason) == (2, "binary still")
    assert row.first_at < row.last_at


def test_the_latest_failure_comes_first_and_what_succeeded_is_gone(store, save):
    save_failure(store, address="/1.txt", stage="extract", reason="?")
    save_failure(store, address="/2.txt", stage="extract", reason="?")
    assert [row.address for row in load_quarantine(store)] == ["/2.txt", "/1.txt"]
    save("/1.txt")
    assert [row.address for row in load_quarantine(store)] == ["/2.txt"]


def test_a_reason_may_quote_what_cannot_be_kept(store):
    save_failure(store, address="/a", stage="read", reason="bad: \0 \ud800")
    assert load_quarantine(store)[0].reason == "bad: \ufffd ?"


def test_an_unknown_id_is_said_to_be_so(store):
    with pytest.raises(NotFoundError, match="qu-123"):
        load_failure(store, "qu-123")
