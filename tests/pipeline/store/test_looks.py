from datetime import UTC, datetime, timedelta

from pipeline.store.looks import Look, load_look, save_look, step_back

MONDAY = datetime(2025, 7, 14, 8, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def test_who_never_looked_has_no_look_and_nothing_to_go_back_to(store):
    assert load_look(store, "ana") is None
    assert step_back(store, "ana") is None


def test_each_visitor_has_a_look_of_their_own(store):
    assert save_look(store, "ana", MONDAY) == Look(at=MONDAY)
    assert save_look(store, "ben", TUESDAY) == Look(at=TUESDAY)
    assert load_look(store, "ana") == Look(at=MONDAY)


def test_the_look_before_is_kept_once(store):
    save_look(store, "ana", MONDAY)
    assert save_look(store, "ana", TUESDAY) == Look(at=TUESDAY, before=MONDAY)
    assert step_back(store, "ana") == Look(at=MONDAY)
    assert step_back(store, "ana") == Look(at=MONDAY)


def test_an_older_window_takes_nothing_back(store):
    save_look(store, "ana", TUESDAY)
    assert save_look(store, "ana", MONDAY) == Look(at=TUESDAY)
