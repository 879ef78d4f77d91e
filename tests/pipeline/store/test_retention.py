"""What is let go, in the tables."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pipeline.errors import NotFoundError
from pipeline.store import schema
from pipeline.store.quarantine import NewFailure, load_quarantine, resolve_failure, save_failure
from pipeline.store.raws import load_pending, load_raw, save_raw
from pipeline.store.reextractions import StoredFilter, count_unreadable, find_outdated, load_stored
from pipeline.store.retention import count_due, drop_quarantined, drop_raws, load_whole, save_quotes
from pipeline.store.store import now


@pytest.fixture
def later():
    """A bound that everything is older than."""
    return now() + timedelta(days=1)


def test_only_what_was_read_is_due(store, make, save, later):
    save()
    unread = save_raw(store, make.raw("https://a.example/unread")).raw_id
    assert count_due(store, now() - timedelta(days=1)) == (0, 0)
    assert count_due(store, later) == (1, 1)
    assert (drop_raws(store, later), drop_raws(store, later)) == (1, 0)
    assert load_pending(store) == [unread]
    assert load_raw(store, unread).body


def test_bytes_that_were_let_go_are_missed_clearly(store, make, save, later):
    save()
    raw_id = save_raw(store, make.raw(published="2025-07-18")).raw_id
    drop_raws(store, later)
    with pytest.raises(NotFoundError, match=r"let go on 20.*ENTENTE_KEEP_TEXT_DAYS"):
        load_raw(store, raw_id)
    again = save_raw(store, make.raw(published="2025-07-18"))  # the same page, fetched again
    assert (again.raw_id, again.is_known) == (raw_id, True)


def test_records_come_with_the_texts_they_are_made_of(store, save, later):
    article, _ = save()
    (whole,) = load_whole(store, later)
    assert (whole.key, whole.text) == ((article.id, 1), article.text)
    assert [record["canonical"] for record in whole.entities] == ["Norland"]
    assert {record["id"][:2] for record in whole.statements} == {"ag", "cl"}


def test_quotes_take_the_place_of_text_and_passages(store, save, later):
    article, _ = save()
    blank = article.text[:30] + " " * (len(article.text) - 30)
    assert save_quotes(store, {(article.id, 1): blank}) == 1
    assert load_whole(store, later) == []
    with store.begin() as connection:
        assert connection.execute(select(schema.passage.c.text)).scalars().all() == [blank]
        assert connection.execute(select(schema.revision.c.sha256)).scalar_one() == article.sha256
    assert load_stored(store, article.id) is None
    assert (find_outdated(store, StoredFilter(), up_to_date=["new"]), count_unreadable(store)) == ([], 1)


def test_bytes_of_settled_failures(store, later):
    settled, open_one = (
        save_failure(store, NewFailure(address=f"/{n}", stage="source", reason="odd", raw=b"x")) for n in range(2)
    )
    resolve_failure(store, settled)
    assert drop_quarantined(store, later) == 1
    assert [row.id for row in load_quarantine(store)] == [open_one]
    assert load_quarantine(store)[0].size == 1
