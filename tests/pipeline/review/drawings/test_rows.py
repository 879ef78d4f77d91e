from pipeline.review.drawings.rows import draw_rows
from pipeline.store.register import load_register


def test_each_row_has_its_lane_in_the_order_of_the_list(store, save):
    save("/1.txt", published="2025-07-18", date="2025-07-17")
    save("/2.txt", text="Kestrel again. Norland.", published="2025-09-01", act=None)
    save(
        "/3.txt", text="Norland: undated.", published=None, name="A pact with a name that is longer than a label can be"
    )
    rows = load_register(store)
    drawing = draw_rows(rows)
    first, second = drawing.lanes
    assert [lane.row_id for lane in drawing.lanes] == [row.id for row in rows]
    assert drawing.left < first.status < first.start < first.end < drawing.width
    assert first.words == "Kestrel Treaty; signed, since 17 July 2025; told of from 18 July 2025 to 1 September 2025"
    assert (second.start, second.end) == (None, None)
    assert len(second.label) <= 34
    assert second.label.endswith("…")
    assert second.y > first.y


def test_rows_without_days_are_not_drawn(store, save):
    save(published=None, act=None)
    assert draw_rows(load_register(store)) is None
    assert draw_rows([]) is None
