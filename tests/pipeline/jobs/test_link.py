"""What articles say joins the register: bit by bit, for good where a person says so, undone where it is not said any more."""

from pathlib import Path

import pytest

from pipeline.decisions import NewDecision
from pipeline.enumerations import AgreementKind
from pipeline.jobs.decide import merge_records, split_records
from pipeline.jobs.ingest import ingest_all
from pipeline.jobs.link import link_register
from pipeline.settings import Settings
from pipeline.store import link_state
from pipeline.store.decisions import decide
from pipeline.store.judgements import NewJudgement, merge, split
from pipeline.store.links import resolve_row
from pipeline.store.records import load_register
from pipeline.store.search import search
from pipeline.store.search_rows import SearchQuery
from pipeline.store.store import Store
from tests.pipeline.conftest import Maker

TREATY = "France and Norway signed the Arden Treaty. A Rearm Plan, also called Arden Horizon, was agreed."


def save(store: Store, address: str, *labels: str, text: str = TREATY, **facts) -> list[str]:
    """Save and link an article that speaks of these agreements; their ids."""
    maker = Maker(f"{text} Told at {address}.", address=address, published="2025-07-01")
    agreements = tuple(
        maker.agreement(label, kind=AgreementKind.TREATY, parties=(maker.party("France"),), **facts) for label in labels
    )
    maker.save(store, agreements=agreements)
    return [each.id for each in agreements]


def rows_of(store: Store, *agreement_ids: str) -> list[str]:
    with store.begin() as connection:
        found = link_state.load_standing_links(connection, agreement_ids)
    return [found[each].row_id for each in agreement_ids]


def test_two_articles_on_one_treaty_make_one_row(store: Store, settings: Settings, folder: Path) -> None:
    ingest_all(store, [str(folder)], settings=settings, given={})
    (row,) = [row for row in load_register(store) if row.name == "Bergen Treaty"]
    assert len({seen.article_id for seen in row.observations}) == 2


def test_linking_again_looks_at_nothing(store: Store, settings: Settings, folder: Path) -> None:
    ingest_all(store, [str(folder)], settings=settings, given={})
    before = load_register(store)
    counts = link_register(store)
    assert (counts.observations, counts.changed) == (0, 0)
    assert load_register(store) == before


def test_an_empty_store_has_nothing_to_link(store: Store) -> None:
    assert link_register(store).observations == 0


def test_what_an_article_does_not_say_any_more_leaves_its_row(store: Store) -> None:
    (one,) = save(store, "/1", "Arden Treaty")
    (other,) = save(store, "/2", "Arden Treaty")
    assert len(set(rows_of(store, one, other))) == 1
    row_id = rows_of(store, other)
    maker = Maker("Nothing of it.", address="/1", published="2025-07-01")
    maker.save(store, agreements=())
    with store.begin() as connection:
        assert link_state.load_standing_links(connection, [one]) == {}
    (third,) = save(store, "/3", "Arden Treaty")
    assert rows_of(store, other, third) == row_id * 2  # the row is found by what is left in it


def test_what_is_extracted_anew_and_says_the_same_keeps_its_row(store: Store) -> None:
    (one,) = save(store, "/1", "Arden Treaty")
    (other,) = save(store, "/2", "Arden Treaty")
    before = rows_of(store, one, other)
    (again,) = save(store, "/2", "Arden Treaty", text=TREATY + " It was late.")
    assert again == other
    assert rows_of(store, one, other) == before


@pytest.mark.parametrize("is_first", [True, False], ids=["founder", "follower"])
def test_a_persons_split_stands_through_new_articles_and_revisions(store: Store, *, is_first: bool) -> None:
    ids = [save(store, f"/{n}", "Arden Treaty")[0] for n in (1, 2)]
    out, stays = ids if is_first else ids[::-1]
    split(store, NewJudgement(who="an", record_ids=(out,)))
    link_register(store)
    assert len(set(rows_of(store, out, stays))) == 2
    save(store, f"/{1 if is_first else 2}", "Arden Treaty", text=TREATY + " It was late.")
    save(store, "/3", "Arden Treaty")
    assert len(set(rows_of(store, out, stays))) == 2


def test_a_persons_merge_stands_through_new_articles_and_revisions(store: Store) -> None:
    (one,) = save(store, "/1", "Arden Treaty")
    (other,) = save(store, "/2", "Rearm Plan")
    assert len(set(rows_of(store, one, other))) == 2
    merge(store, NewJudgement(who="an", record_ids=tuple(rows_of(store, one, other))))
    link_register(store)
    assert len(set(rows_of(store, one, other))) == 1
    save(store, "/2", "Rearm Plan", text=TREATY + " It was late.")
    assert len(set(rows_of(store, one, other))) == 1


def test_rows_that_an_article_shows_to_be_one_are_merged_and_old_ids_lead_there(store: Store) -> None:
    (one,) = save(store, "/1", "Rearm Plan")
    (other,) = save(store, "/2", "Arden Horizon")
    old = rows_of(store, one, other)
    assert len(set(old)) == 2
    (both,) = save(store, "/3", "Rearm Plan", aliases=("Arden Horizon",))
    now = rows_of(store, one, other, both)
    assert len(set(now)) == 1
    with store.begin() as connection:
        assert {resolve_row(connection, each) for each in old} == set(now)


def test_a_merge_and_then_a_split_stand_when_a_new_article_comes(store: Store) -> None:
    ids = [save(store, f"/{n}", "Arden Treaty")[0] for n in (1, 2)] + save(store, "/3", "Rearm Plan")
    merge_records(store, NewJudgement(who="an", record_ids=tuple(rows_of(store, ids[0], ids[2]))))
    assert len(set(rows_of(store, *ids))) == 1
    split_records(store, NewJudgement(who="an", record_ids=(ids[1],)))
    out, stays = rows_of(store, ids[1])[0], rows_of(store, ids[0])[0]
    assert rows_of(store, ids[2]) == [stays] != [out]
    (new,) = save(store, "/4", "Arden Treaty")
    assert rows_of(store, new)[0] in {out, stays}
    assert rows_of(store, ids[1], ids[0], ids[2]) == [out, stays, stays]


def test_a_row_that_nothing_stands_in_is_listed_and_found_no_more_until_it_is_back(store: Store) -> None:
    (one,) = save(store, "/1", "Arden Treaty")
    (row,) = load_register(store)
    Maker("Nothing of it.", address="/1", published="2025-07-01").save(store, agreements=())
    assert load_register(store) == []
    assert search(store, SearchQuery(text="Arden", kinds=("agreement",))).hits == ()
    assert save(store, "/1", "Arden Treaty", text=TREATY + " It is back.") == [one]
    assert [(each.id, each.first_seen) for each in load_register(store)] == [(row.id, row.first_seen)]


def test_what_joins_a_row_after_all_of_it_was_rejected_is_not_rejected(store: Store) -> None:
    (one,) = save(store, "/1", "Arden Treaty")
    decide(store, NewDecision(who="an", record_id=one, action="reject"))
    assert load_register(store) == []
    (other,) = save(store, "/2", "Arden Treaty")
    (row,) = load_register(store)
    assert [each.agreement_id for each in row.observations] == [other]
    assert row.review is None
