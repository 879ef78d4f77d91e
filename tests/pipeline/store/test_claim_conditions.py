import pytest

from pipeline.decisions import NewDecision
from pipeline.errors import NotFoundError
from pipeline.store.decisions import decide
from pipeline.store.filters import ClaimFilter
from pipeline.store.records import load_claims
from pipeline.store.streams import stream_claims


@pytest.fixture
def five(save):
    """Five claims: of 2025, of July, of two days of July, and undated."""
    for number, day in enumerate(["2025", "2025-07", "2025-07-02", "2025-07-09", None]):
        save(f"/{number}.txt", text=f'Mara Lind: it "changes everything". Norland {number}.', published=day)


def days(rows):
    return [row.published for row in rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["2025-07-09", "2025-07-02", "2025-07", "2025", None]),
        ({"published_from": "2025-07-02"}, ["2025-07-09", "2025-07-02"]),
        ({"published_to": "2025-07-02"}, ["2025-07-02", "2025-07", "2025"]),
        ({"published_from": "2025-07", "published_to": "2025-07"}, ["2025-07-09", "2025-07-02", "2025-07"]),
        ({"publisher": "the EXAMPLE", "limit": 1}, ["2025-07-09"]),
        ({"publisher": "another"}, []),
        ({"words": "changing", "limit": 1}, ["2025-07-09"]),
        ({"words": '"changes everything"', "published_to": "2025-06"}, ["2025"]),
        ({"words": "changes -everything"}, []),
        ({"words": "the", "limit": 1}, ["2025-07-09"]),
        ({"words": "((("}, []),
        ({"review": "accept"}, []),
    ],
)
def test_claims_are_asked_for_by_their_articles_and_words(store, five, wanted, found):
    rows = load_claims(store, ClaimFilter.model_validate(wanted))
    assert days(rows) == found


def test_pages_go_on_after_the_last_claim_and_miss_none(store, five):
    rows, after = [], None
    while page := load_claims(store, ClaimFilter(limit=2, after=after)):
        rows += page
        after = page[-1].id
    assert rows == load_claims(store)
    assert len(rows) == 5
    with pytest.raises(NotFoundError, match="No claim bears the id cl-none"):
        load_claims(store, ClaimFilter(after="cl-none"))


def test_what_a_person_rejected_is_listed_where_that_is_asked_for(store, five):
    first, second, *rest = load_claims(store)
    decide(store, NewDecision(who="ana", record_id=first.id, action="reject"))
    decide(store, NewDecision(who="ana", record_id=second.id, action="accept"))
    wanted = ClaimFilter(review="reject")
    assert [row.id for row in load_claims(store, wanted)] == [first.id]
    assert [item.record.id for item in stream_claims(store, wanted)] == [first.id]
    assert [row.id for row in load_claims(store, ClaimFilter(review="accept"))] == [second.id]
    assert [row.id for row in load_claims(store)] == [row.id for row in (second, *rest)]
