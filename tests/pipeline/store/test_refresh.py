from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text, update

from pipeline.store import schema
from pipeline.store.drafts import load_drafts, make_row
from pipeline.store.filters import RegisterFilter
from pipeline.store.records import load_register
from pipeline.store.refresh import refresh_articles, refresh_rows, refresh_stale
from pipeline.store.summaries import LISTED


def read(store, table, *columns):
    with store.begin() as connection:
        return [tuple(row) for row in connection.execute(select(*(table.c[name] for name in columns)))]


def test_an_unknown_row_is_passed_over(store):
    with store.begin() as connection:
        refresh_rows(connection, ["rw-none"])


def test_what_is_listed_is_what_the_rules_make_of_all_observations(store, save):
    save("/1.txt", published="2025-07-01", act="agreed", members=26)
    save("/2.txt", text="Signed. Norland.", published="2025-07-18", parties=("Norland", "Westia"), members=32)
    (row,) = load_register(store)
    with store.begin() as connection:
        (draft,) = load_drafts(connection, [row.id])
        shown = {each.agreement_id: each for each in row.observations}
        assert [each.agreement_id for each in draft.seen] == list(shown)
        assert draft.outline.status == row.status == "signed"
        assert (row.observed, row.independent, row.differs) == (2, 2, True)
        assert make_row(draft, {}).model_dump(exclude={"parties", "observations"}) == row.model_dump(
            exclude={"parties", "observations"}
        )
    assert sorted(read(store, schema.row_party, "normal", "role", "articles")) == [
        ("norland", "party", 2),
        ("sudland", "party", 1),
        ("westia", "party", 1),
    ]
    days = read(store, schema.row_status, "from_day", "until_day", "status", "observations")
    assert [(str(start), str(end), status, number) for start, end, status, number in days] == [
        ("2025-07-01", "2025-07-18", "agreed", 1),
        ("2025-07-18", "None", "signed", 2),
    ]


def test_a_list_carries_the_last_few_observations(store, save):
    for number in range(LISTED + 2):
        save(f"/{number}.txt", text=f"Kestrel {number}. Norland.", published=f"2025-07-0{number + 1}")
    (row,) = load_register(store)
    assert (len(row.observations), row.observed, row.last_published) == (LISTED, LISTED + 2, "2025-07-07")
    assert row.first_published == "2025-07-01"


def test_a_revision_takes_back_what_it_says_no_more(store, save):
    save("/1.txt")
    save("/1.txt", text="Osprey Plan. Norland.", name="Osprey Plan")
    assert [row.label for row in load_register(store)] == ["Osprey Plan"]
    assert load_register(store, RegisterFilter(as_of="2025-12"))[0].label == "Osprey Plan"
    assert len(read(store, schema.row_status, "row_id")) == len(read(store, schema.row_party, "normal")) - 1 == 1


def test_what_stays_is_not_written_again(store, save):
    save()
    save("/2.txt", text="Kestrel again. Norland.", published="2025-08-01")
    query = text("SELECT from_day, xmin::text FROM row_status UNION SELECT NULL, xmin::text FROM row_party ORDER BY 1")
    with store.begin() as connection:
        before = connection.execute(query).all()
    with store.begin() as connection:
        refresh_rows(connection, [row.id for row in load_register(store)])
        assert connection.execute(query).all() == before


@pytest.mark.parametrize("by", ["stale", "article"])
def test_rows_that_were_never_refreshed_are_found_and_filled(store, save, by):
    article, _ = save()
    (row,) = load_register(store)
    with store.begin() as connection:
        nothing = {"refreshed_at": None, "record": None, "is_shown": False, "label": ""}
        connection.execute(update(schema.register_row).values(nothing))
    assert load_register(store) == []
    with store.begin() as connection:
        if by == "stale":
            assert (refresh_stale(connection), refresh_stale(connection)) == (1, 0)
        else:
            refresh_articles(connection, [article.id])
    assert load_register(store) == [row]


def test_a_refresh_says_when_it_was(store, save):
    before = datetime.now(UTC)
    save()
    ((at,),) = read(store, schema.register_row, "refreshed_at")
    assert before <= at <= datetime.now(UTC)
