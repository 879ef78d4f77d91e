"""What is remembered of sources: their items as a set, their validators, how often they failed."""

from datetime import timedelta

import pytest

from pipeline.sources.items import Item
from pipeline.store.sources import (
    DocumentState,
    load_documents,
    load_source_states,
    load_waiting,
    save_document,
    save_done,
    save_source_failure,
    save_success,
)
from pipeline.store.store import now

DOCUMENT = DocumentState(address="https://a.example/feed", etag='"1"', last_modified="Wed", digest="d", stamp="s")


def item(number, stamp=None, published=None):
    return Item(address=f"https://a.example/{number}", stamp=stamp, given={"published": published} if published else {})


def waiting(store, limit=10):
    return [each.address.rsplit("/", 1)[1] for each in load_waiting(store, "a", limit=limit)]


def test_what_is_new_is_what_the_source_never_showed(store):
    assert save_document(store, "a", DOCUMENT, [item(1), item(2)]) == 2
    assert save_document(store, "a", DOCUMENT, [item(1), item(2), item(3)]) == 1
    assert save_document(store, "b", DOCUMENT, [item(1)]) == 1  # each source has a set of its own

    assert waiting(store) == ["3", "1", "2"]
    save_done(store, "a", [item(1).address, item(2).address])
    assert waiting(store) == ["3"]


@pytest.mark.parametrize(
    ("before", "after", "is_new"),
    [("x", "y", True), ("x", "x", False), ("x", None, False), (None, "x", True), (None, None, False)],
)
def test_an_item_whose_stamp_has_changed_is_new_again(store, before, after, is_new):
    save_document(store, "a", DOCUMENT, [item(1, before)])
    save_done(store, "a", [item(1).address])

    assert save_document(store, "a", DOCUMENT, [item(1, after)]) == int(is_new)
    assert waiting(store) == (["1"] if is_new else [])


def test_the_youngest_come_first(store):
    items = [item(1, published="2024-01-01"), item(2), item(3, published="2025-01-01")]
    save_document(store, "a", DOCUMENT, items)

    assert waiting(store) == ["3", "1", "2"]
    assert waiting(store, limit=1) == ["3"]
    assert load_waiting(store, "a", limit=1) == [items[2]]


def test_thousands_of_items_are_saved_at_once(store):
    assert save_document(store, "a", DOCUMENT, [item(number) for number in range(2_500)]) == 2_500
    assert load_source_states(store)["a"].waiting == 2_500


def test_validators_are_those_of_the_last_answer(store):
    save_document(store, "a", DOCUMENT)
    save_document(store, "a", DOCUMENT.model_copy(update={"etag": '"2"'}))

    (known,) = load_documents(store, "a").values()
    assert known.fetched_at is not None
    assert known.model_copy(update={"fetched_at": None}) == DOCUMENT.model_copy(update={"etag": '"2"'})
    assert load_documents(store, "b") == {}


def test_a_source_that_keeps_failing_is_left_alone_for_longer(store):
    pauses = []
    for _ in range(9):
        next_try = save_source_failure(store, "a", authority="press", reason="down")
        pauses.append(next_try - now())
    hours = [round(pause / timedelta(hours=1), 2) for pause in pauses]

    assert hours == [0.25, 0.5, 1, 2, 4, 8, 16, 24, 24]
    state = load_source_states(store)["a"]
    assert (state.failures, state.reason, state.authority) == (9, "down", "press")


def test_a_server_may_ask_for_longer_but_not_for_ever(store):
    wanted = save_source_failure(store, "a", authority="press", reason="busy", retry_after=7_200.0)
    absurd = save_source_failure(store, "b", authority="press", reason="busy", retry_after=1e12)

    assert timedelta(hours=1.9) < wanted - now() < timedelta(hours=2)
    assert absurd - now() < timedelta(days=8)


def test_success_forgets_the_failures(store):
    save_source_failure(store, "a", authority="press", reason="down")
    save_success(store, "a", authority="official", is_changed=True)
    changed_at = load_source_states(store)["a"].changed_at
    save_success(store, "a", authority="official", is_changed=False)
    state = load_source_states(store)["a"]

    assert (state.failures, state.reason, state.next_try, state.authority) == (0, None, None, "official")
    assert state.changed_at == changed_at
