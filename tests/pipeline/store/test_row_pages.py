from datetime import date

import pytest

from pipeline.errors import NotFoundError
from pipeline.records import Due
from pipeline.store.records import load_register
from pipeline.store.row_pages import OBSERVATIONS, load_row, quoted_articles


@pytest.fixture
def treaty(store, save):
    """The id of a row of three articles: agreed, then signed on a day that two of them know differently."""
    save("/1.txt", text="Norland agreed on the Kestrel Treaty.", published="2025-07-01", act="agreed", members=26)
    save("/2.txt", text="Signed: the Kestrel Treaty. Norland.", published="2025-07-20", date="2025-07-17", members=32)
    save("/3.txt", text="The Kestrel Treaty is signed. Norland!", published="2025-08-01", date="2025-07-18")
    return load_register(store)[0].id


def test_acts_stand_on_a_time_line_with_their_words(store, treaty):
    history = load_row(store, treaty).history
    assert [(each.act.value, each.day, each.date, each.articles) for each in history] == [
        ("agreed", "2025-07-01", None, 1),
        ("signed", "2025-07-17", "2025-07-17", 1),
        ("signed", "2025-07-18", "2025-07-18", 1),
    ]
    assert history[1].sayings[0].quote.text == "Signed: the Kestrel Treaty"
    assert history[1].sayings[0].address == "/2.txt"


def test_what_articles_say_differently_stands_side_by_side(store, treaty):
    signed, members = load_row(store, treaty).differences
    assert [(each.value, each.sayings[0].published) for each in members.values] == [
        (26.0, "2025-07-01"),
        (32.0, "2025-07-20"),
    ]
    assert (signed.name, [each.value for each in signed.values]) == ("signed", ["2025-07-17", "2025-07-18"])
    assert load_register(store)[0].differs


def test_a_page_of_a_past_day_has_only_what_was_published_until_then(store, treaty):
    page = load_row(store, treaty, as_of="2025-07-05")
    assert (page.status, page.observed, len(page.observations), page.differences) == ("agreed", 1, 1, ())
    assert quoted_articles(page) == [page.observations[0].article_id]
    with pytest.raises(NotFoundError, match="published until 2025-06"):
        load_row(store, treaty, as_of="2025-06")


@pytest.mark.parametrize(("as_of", "is_passed"), [("2025-12-30", False), ("2026-06-30", False), ("2026-07-01", True)])
def test_a_due_day_has_passed_once_its_period_is_over(store, save, make, as_of, is_passed):
    def promise(article):
        one = make.agreement(article)
        words = one.mentions[0].model_dump()
        return (one.model_copy(update={"due": (Due(**words, date="2026-06", date_text="mid-2026"),)}),)

    save(agreements=promise)
    (due,) = load_row(store, load_register(store)[0].id, as_of=as_of).due
    assert (due.date, due.date_text, due.is_passed) == ("2026-06", "mid-2026", is_passed)
    assert date.fromisoformat(due.saying.published) == date(2025, 7, 18)


def test_observations_come_by_the_page(store, save, monkeypatch):
    monkeypatch.setattr("pipeline.store.row_pages.OBSERVATIONS", 2)
    for number in range(5):
        save(f"/{number}.txt", text=f"Kestrel {number}. Norland.", published=f"2025-07-0{number + 1}")
    row_id = load_register(store)[0].id
    page = load_row(store, row_id)
    assert [each.address for each in page.observations] == ["/3.txt", "/4.txt"]
    page = load_row(store, row_id, before=page.earlier)
    assert [each.address for each in page.observations] == ["/1.txt", "/2.txt"]
    page = load_row(store, row_id, before=page.earlier)
    assert ([each.address for each in page.observations], page.earlier) == (["/0.txt"], None)
    assert page.observed == 5 <= OBSERVATIONS
    with pytest.raises(NotFoundError, match="no observation ag-none"):
        load_row(store, row_id, before="ag-none")


def test_a_row_that_is_not_there_is_said_so(store):
    with pytest.raises(NotFoundError):
        load_row(store, "rw-none")
