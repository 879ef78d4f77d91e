import random

import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.store import growth, link_state, summaries
from pipeline.store.decisions import decide
from pipeline.store.duplicates import save_duplicates
from pipeline.store.growth import grow_drafts
from pipeline.store.refresh import refresh_rows

ROW = "rw-0123456789abcdef"
# What articles say one after the other: late ones, one without a date, parties and figures that differ, a namesake.
ARTICLES = [
    {"published": "2025-07-01", "act": "agreed", "members": 26},
    {"published": "2025-07-05", "act": "signed", "parties": ("Norland", "Westia")},
    {"published": "2025-07-03", "act": "signed", "date": "2025-07-02"},
    {"published": None, "act": "suspended"},
    {"published": "2025-07-05", "act": "announced", "polarity": "planned", "members": 32},
    {"published": "2025-08", "act": "suspended", "parties": (), "confidence": 0.9},
    {"published": "2025-06-30", "act": "proposed", "kind": "joint_declaration"},
]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Rows are large from two observations on."""
    monkeypatch.setattr(growth, "LARGE", 2)


@pytest.fixture
def add(store, save, monkeypatch):
    """Saves an article and adds what it says to the row; returns whether the row has a summary then."""
    monkeypatch.setattr("tests.pipeline.store.conftest.link_by_hand", lambda *_: None)
    ids = []

    def add_one(number, repeats=(), **facts):
        article, _ = save(f"/{number}.txt", text=f"Kestrel {number} begins. Norland waits.", **facts)
        ids.append(article.id)
        with store.begin() as connection:
            found = [
                {"article_id": ids[one], "other_id": ids[other], "kind": kind, "score": 0.9}
                for one, other, kind in repeats
            ]
            save_duplicates(connection, found, around=[article.id])
            query = "SELECT id FROM agreement WHERE article_id = :article_id"
            agreement_id = connection.execute(text(query), {"article_id": article.id}).scalar_one()
            facts = {"row_id": ROW, "agreement_id": agreement_id, "reason": "name", "score": 1.0}
            link_state.insert_links(connection, [link_state.NewLink(**facts, features={}, keys=())])
            refresh_rows(connection, [ROW], added={ROW: agreement_id})
            return connection.execute(text("SELECT count(*) FROM row_summary")).scalar_one() == 1

    return add_one


def look(store):
    """All that the register keeps of the row, but when it was made."""
    queries = (
        "SELECT to_jsonb(register_row) - 'refreshed_at' FROM register_row",
        "SELECT to_jsonb(row_party) FROM row_party ORDER BY normal, role",
        "SELECT to_jsonb(row_status) FROM row_status ORDER BY from_day",
    )
    with store.begin() as connection:
        return [list(connection.execute(text(query)).scalars()) for query in queries]


def make_anew(store):
    with store.begin() as connection:
        refresh_rows(connection, [ROW])


def test_a_row_that_was_added_to_is_the_row_that_is_made_from_nothing(store, add):
    for number, facts in enumerate(ARTICLES):
        assert add(number, **facts) is (number > 0)
        grown = look(store)
        make_anew(store)
        assert grown == look(store)


@pytest.mark.parametrize("seed", range(8))
def test_so_is_one_whose_articles_repeat_each_other(store, add, monkeypatch, seed):
    """Each new article repeats some of those before it, or is repeated by them, by chance."""
    dice, grown = random.Random(seed), []

    def note(*args):
        grown.extend(grow_drafts(*args))
        return grow_drafts(*args)

    monkeypatch.setattr("pipeline.store.refresh.grow_drafts", note)
    for number in range(12):
        others = dice.sample(range(number), min(number, dice.choice((0, 1, 1, 2, 3))))
        repeats = [
            ((number, each) if dice.random() < 0.85 else (each, number)) + (dice.choice(("copy", "part", "digest")),)
            for each in others
        ]
        add(number, repeats, **dice.choice(ARTICLES))
        made = look(store)
        make_anew(store)
        assert made == look(store)
    assert len(grown) >= 3  # the others are circles, and what joins texts that stood apart


def test_the_neighbours_of_what_an_article_repeats_count_too(store, add):
    """A digest takes from a story that a copy of it stands in for; with the story the digest repeats what is there."""
    add(0, **ARTICLES[0])
    add(1, [(1, 0, "digest")], **ARTICLES[1])
    add(2, [(0, 2, "part")], **ARTICLES[2])
    add(3, [(3, 2, "copy")], **ARTICLES[1])
    made = look(store)
    assert made[0][0]["independent"] == 1
    make_anew(store)
    assert made == look(store)


def test_only_the_addition_is_read(store, add, monkeypatch):
    for number in range(3):
        add(number, **ARTICLES[number])
    monkeypatch.setattr("pipeline.store.drafts.load_seen", lambda _, row_ids: {each: [] for each in row_ids})
    add(3, **ARTICLES[4])
    assert look(store)[0][0]["observations"] == 4


def grow(store, agreement_id=None):
    with store.begin() as connection:
        return len(grow_drafts(connection, {ROW: agreement_id}))


def test_what_is_more_than_an_addition_makes_the_row_from_nothing(store, add, monkeypatch):
    add(0, **ARTICLES[0])
    assert grow(store) == 0  # too small for a summary
    add(1, **ARTICLES[1])
    assert grow(store) == 1
    assert grow(store, "ag-none") == 0
    with store.begin() as connection:
        (_, last) = connection.execute(text("SELECT id FROM agreement ORDER BY first_seen")).scalars()
    assert grow(store, last) == 1  # as far as the summary can tell, it is new
    repeat = "INSERT INTO duplicate SELECT min(id), max(id), 'part', 1, now() FROM article"
    with store.begin() as connection:
        connection.execute(text(repeat))
    assert grow(store, last) == 1  # it takes from what stands in the row, or what stands there takes from it
    circle = "INSERT INTO duplicate SELECT max(id), min(id), 'digest', 1, now() FROM article"
    with store.begin() as connection:
        connection.execute(text(circle))
    assert grow(store, last) == 0  # they are taken from each other
    decide(store, NewDecision(who="ana", record_id=last, action="accept"))
    with store.begin() as connection:
        connection.execute(text("DELETE FROM duplicate"))
    assert grow(store, last) == 0  # somebody decided on it
    monkeypatch.setattr(summaries, "KEPT_DAYS", 1)
    make_anew(store)
    decide(store, NewDecision(who="ana", record_id=ROW, action="note", value="Seen."))
    assert grow(store) == 1


def test_what_a_person_says_of_the_row_is_added_to_its_summary(store, add):
    for number in range(3):
        add(number, **ARTICLES[number])
    decide(store, NewDecision(who="ana", record_id=ROW, action="correct", field="status", value="terminated"))
    decide(store, NewDecision(who="ana", record_id=ROW, action="unsure"))
    add(3, **ARTICLES[4])
    grown = look(store)
    assert (grown[0][0]["status"], grown[0][0]["review"]) == ("terminated", "unsure")
    make_anew(store)
    assert grown == look(store)


def test_no_summary_is_made_where_adding_would_not_do(store, add):
    add(0, **ARTICLES[0])
    assert add(1, **ARTICLES[1])
    with store.begin() as connection:
        ids = list(connection.execute(text("SELECT id FROM agreement")).scalars())
    for each in ids:
        decide(store, NewDecision(who="ana", record_id=each, action="reject"))
    with store.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM row_summary")).scalar_one() == 0
