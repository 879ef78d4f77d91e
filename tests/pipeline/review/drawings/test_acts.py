from datetime import date
from itertools import pairwise

import pytest

from pipeline.enumerations import ActType, Basis, Polarity
from pipeline.review.drawings.acts import TARGET, WIDTH, draw_acts, say_event
from pipeline.store.register_rows import DueRow, EventRow, Saying

TODAY = date(2025, 9, 1)


def event(act, day, polarity="done", articles=1):
    return EventRow(
        act=ActType(act),
        polarity=Polarity(polarity),
        basis=Basis.STATED,
        date=day,
        day=day,
        articles=articles,
        sayings=(),
    )


def due(day, *, is_passed=False):
    said = Saying(
        agreement_id="ag-1",
        article_id="ar-1",
        address="/1",
        title=None,
        publisher=None,
        published=None,
        authority=None,
        quote=None,
    )
    return DueRow(date=day, date_text=day, is_passed=is_passed, saying=said)


def test_each_sort_of_act_has_its_lane_in_the_order_in_which_agreements_come_about():
    history = [event("signed", "2025-07-17"), event("proposed", "2024-01"), event("ratified", "2025-10", "planned")]
    drawing = draw_acts(history, [due("2026-01-01")], today=TODAY)
    assert [lane.words for lane in drawing.lanes] == ["proposed", "signed", "ratified", "due"]
    assert [lane.marks[0].anchor for lane in drawing.lanes] == ["event-1", "event-0", "event-2", "due-0"]
    assert [lane.marks[0].shape for lane in drawing.lanes] == ["done", "done", "planned", "due"]
    assert [lane.y for lane in drawing.lanes] == sorted(lane.y for lane in drawing.lanes)
    assert drawing.lanes[0].marks[0].x < drawing.lanes[1].marks[0].x < drawing.today < drawing.lanes[2].marks[0].x


def test_marks_that_would_overlap_become_one_with_a_number():
    history = [event("signed", f"2025-07-{day:02}") for day in range(1, 6)] + [event("signed", "2020-01-01", "denied")]
    lane = draw_acts(history, [], today=TODAY).lanes[0]
    assert [(mark.number, mark.shape) for mark in lane.marks] == [(1, "denied"), (5, "done")]
    assert lane.marks[1].words.endswith("signed, 3 July 2025, 1 article; 2 more")
    assert lane.marks[1].anchor == "event-0"
    mixed = draw_acts([history[0], event("signed", "2025-07-02", "planned")], [], today=TODAY).lanes[0].marks
    assert [(mark.number, mark.shape) for mark in mixed][-1] in {(2, "several"), (1, "planned")}


def test_every_mark_can_be_hit():
    history = [event(act, f"{year}") for act in ("signed", "extended") for year in range(1949, 2026)]
    drawing = draw_acts(history, [due(f"{year}") for year in range(2000, 2050)], today=TODAY)
    for lane in drawing.lanes:
        places = [mark.x for mark in lane.marks]
        assert all(after - before >= TARGET for before, after in pairwise(places))
        assert all(drawing.left <= x <= WIDTH - TARGET / 2 for x in places)
    assert sum(mark.number for lane in drawing.lanes for mark in lane.marks) == len(history) + 50


def test_what_has_no_day_is_counted_not_drawn():
    drawing = draw_acts([event("signed", "2025"), event("agreed", None)], [], today=TODAY)
    assert (len(drawing.lanes), drawing.undated) == (1, 1)
    assert draw_acts([event("agreed", None)], [], today=TODAY) is None


def test_the_day_that_was_asked_for_is_shown_where_it_is_within():
    assert draw_acts([event("signed", "1990")], [], today=TODAY).today is None
    assert draw_acts([event("signed", "2025-08-30")], [], today=TODAY).today is not None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("signed", "2025-07-17", "done", 3), "signed, 17 July 2025, 3 articles"),
        (("entered_into_force", "2026", "planned", 1), "planned: entered into force, 2026, 1 article"),
        (("ratified", None, "denied", 1), "denied: ratified, undated, 1 article"),
    ],
)
def test_an_event_is_said_in_words(given, words):
    assert say_event(event(*given)) == words
