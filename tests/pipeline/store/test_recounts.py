"""Rows that count otherwise since it is known anew what repeats what: no fewer are made anew than must be, and not many more."""

import random

import pytest
from sqlalchemy import text

from pipeline.records import make_record_id
from pipeline.store import recounts
from pipeline.store.duplicates import save_duplicates
from pipeline.store.recounts import find_recounted
from pipeline.store.refresh import refresh_rows

#: Which of six articles stand in which row; the last one stands in none.
ROWS = {"a": (0, 1, 2), "b": (2, 3), "c": (0, 3, 4)}


IDS = {row: make_record_id("rw", "", f"Pact {row}") for row in ROWS}


@pytest.fixture
def ids(store, save, make):
    """Six articles that name different parties, each with an observation for each row that it stands in."""
    found = []
    for number in range(6):
        names = [f"Pact {row}" for row, members in ROWS.items() if number in members] or ["Pact d"]
        parties = ("Norland", "Sudland") if number % 2 else ("Norland", "Westland")
        article, _ = save(
            f"https://a.example/{number}",
            text=f"Norland signed {number}.",
            published=f"2025-07-1{number}",
            agreements=lambda each, names=names, parties=parties: tuple(
                make.agreement(each, name, parties=parties) for name in names
            ),
        )
        found.append(article.id)
    with store.begin() as connection:
        connection.execute(
            text("DELETE FROM link USING agreement WHERE agreement_id = id AND article_id = :id"), {"id": found[5]}
        )
    return found


def read_rows(store):
    """What the register says of each row, but for when it was written."""
    query = "SELECT id, independent, record::text, (SELECT json_agg(p ORDER BY p)::text FROM row_party p WHERE p.row_id = r.id),"
    query += (
        " (SELECT json_agg(s ORDER BY s)::text FROM row_status s WHERE s.row_id = r.id) FROM register_row r ORDER BY id"
    )
    with store.begin() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def draw(dice, ids):
    """Some repetitions by chance, as they are judged: at most one way between two."""
    pairs = [(one, other) for at, one in enumerate(ids) for other in ids[:at]]
    chosen = dice.sample(pairs, dice.randint(0, 5))
    return [
        {"article_id": one, "other_id": other, "kind": dice.choice(("copy", "copy", "part", "digest")), "score": 0.9}
        for one, other in chosen
    ]


@pytest.mark.parametrize("seed", range(4))
def test_rows_are_what_they_would_be_if_all_were_made_anew(store, ids, seed):
    dice, asked = random.Random(seed), 0
    for _ in range(15):
        with store.begin() as connection:
            save_duplicates(connection, draw(dice, ids))
        kept = read_rows(store)
        with store.begin() as connection:
            refresh_rows(connection, list(IDS.values()))
        assert kept == read_rows(store)
        asked += len({row[1] for row in kept})
    assert asked > 15  # they did not all count the same all the time


@pytest.mark.parametrize(
    ("new", "rows"),
    [
        ([(5, 0, "copy")], ""),  # stands in no row
        ([(5, 3, "part"), (5, 1, "digest")], ""),
        ([(5, 0, "copy"), (5, 3, "part")], "c"),  # so what it is a copy of is a part of it too
        ([(5, 0, "copy"), (5, 4, "copy")], "ac"),  # makes two texts one, for all rows that have one of them
        ([(1, 0, "part")], "a"),
        ([(4, 1, "digest")], ""),  # never in one row together
        ([(3, 2, "digest")], "b"),
    ],
)
def test_only_rows_that_have_both_are_made_anew(store, ids, new, rows):
    with store.begin() as connection:
        found = find_recounted(connection, gone={}, new={(ids[one], ids[other]): kind for one, other, kind in new})
    assert found == {IDS[row] for row in rows}


def test_what_is_found_no_more_counts_too(store, ids):
    with store.begin() as connection:
        save_duplicates(connection, [{"article_id": ids[1], "other_id": ids[0], "kind": "copy", "score": 0.9}])
        assert find_recounted(connection, gone={(ids[1], ids[0]): "copy"}, new={}) == {IDS["a"], IDS["c"]}
        assert find_recounted(connection, gone={}, new={}) == set()


def test_nothing_is_asked_of_rows_where_nothing_changed(store, ids, monkeypatch):
    monkeypatch.setattr(recounts, "_load_rows", None)
    with store.begin() as connection:
        save_duplicates(connection, [])
