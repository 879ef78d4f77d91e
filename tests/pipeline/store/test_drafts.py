from pipeline.store.drafts import find_missing, load_drafts, make_row
from pipeline.store.facts import load_shown
from pipeline.store.records import load_register


def test_words_that_a_row_has_already_are_not_read_again(store, save):
    for number in range(7):
        save(f"/{number}.txt", text=f"Kestrel {number}. Norland.", published=f"2025-07-0{number + 1}")
    (row,) = load_register(store)
    with store.begin() as connection:
        (draft,) = load_drafts(connection, [row.id])
        assert find_missing(draft, row) == set()
        assert make_row(draft, {}, row) == row
        older = row.model_copy(update={"observations": row.observations[:-1], "parties": row.parties[:1]})
        missing = find_missing(draft, older)
        assert missing == {row.observations[-1].agreement_id, row.parties[1].agreement_ids[0]}
        assert make_row(draft, load_shown(connection, missing), older) == row


def test_how_much_there_is_of_a_row_is_told_with_it(store, save):
    save("/1.txt", text="Kestrel 1. Norland.", published=None)
    save("/2.txt", text="Kestrel 2. Norland.", published="2025-07-02", parties=())
    (row,) = load_register(store)
    with store.begin() as connection:
        (draft,) = load_drafts(connection, [row.id])
        assert load_drafts(connection, [row.id], as_of="2025-06") == []
    extent = draft.extent
    assert (extent.observed, extent.independent, extent.naming) == (2, 2, 1)
    assert extent.published == ("2025-07-02", "2025-07-02")
    assert extent.publishers == ("the example",)
    assert extent.first_observed <= extent.last_seen == extent.arrived
