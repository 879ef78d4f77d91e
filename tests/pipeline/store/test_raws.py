from datetime import UTC, datetime

import pytest

from pipeline.errors import NotFoundError
from pipeline.store.quarantine import NewFailure, load_quarantine, save_failure
from pipeline.store.raws import load_pending, load_raw, save_raw


def test_a_raw_article_comes_back_as_it_was(store, make):
    raw = make.raw(published="2025-07-18", authors=["Ana Sole"])
    saved = save_raw(store, raw)
    assert (saved.is_known, saved.article_id) == (False, None)
    assert load_raw(store, saved.raw_id) == raw
    with pytest.raises(NotFoundError, match="ra-0"):
        load_raw(store, "ra-0")


def test_the_same_bytes_at_the_same_address_are_kept_once(store, make):
    first = save_raw(store, make.raw())
    assert save_raw(store, make.raw()) == first
    assert save_raw(store, make.raw(publisher="The Paper")).raw_id != first.raw_id
    assert save_raw(store, make.raw("/2.txt")).raw_id != first.raw_id


def test_it_is_known_once_it_was_read_and_while_nothing_else_was_read_there(store, save, make):
    article, _ = save()
    saved = save_raw(store, make.raw(published="2025-07-18"))
    assert (saved.is_known, saved.article_id) == (True, article.id)
    save(text="Something else was read there. Norland left.")
    assert not save_raw(store, make.raw(published="2025-07-18")).is_known


def test_pending_is_what_a_killed_run_left_behind(store, save, make):
    save()
    failed, left = save_raw(store, make.raw("/2.txt")).raw_id, save_raw(store, make.raw("/3.txt")).raw_id
    save_failure(store, NewFailure(address="/2.txt", stage="read", reason="binary", raw_id=failed))
    assert load_pending(store) == [left]


def test_what_was_overtaken_at_its_address_is_not_pending(store, save, make):
    old = make.raw("/1.txt", "Old words.").model_copy(update={"fetched_at": datetime(2025, 1, 1, tzinfo=UTC)})
    save_raw(store, old)
    save("/1.txt")
    assert load_pending(store) == []


def test_bytes_that_could_be_fetched_leave_quarantine(store, make):
    save_failure(store, NewFailure(address="/1.txt", stage="fetch", reason="no answer"))
    save_failure(store, NewFailure(address="/1.txt", stage="read", reason="binary"))
    save_raw(store, make.raw("/1.txt"))
    assert [row.stage for row in load_quarantine(store)] == ["read"]
