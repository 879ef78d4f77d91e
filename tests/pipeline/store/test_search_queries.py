import pytest
from sqlalchemy import event, text

from pipeline.store import search_queries
from pipeline.store.search_language import parse_question
from pipeline.store.search_queries import Conditions, find_by_words, join_facets, write_facet, write_question


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("treaties", "'treati'"),
        ('"heads of state"', "'head' <2> 'state'"),
        ("the", ""),
        ("the treaty", "'treati'"),
        ("deterr* -long-range", "( 'deterr':* | 'deter' | 'deter' ) & !( 'long' <-> 'rang' )"),
        ('"joint declarat*"', "'joint' <-> 'declarat'"),
        ("a OR treaty", "'treati'"),
    ],
)
def test_questions_are_written_for_the_index(store, typed, written):
    with store.begin() as connection:
        assert write_question(connection, parse_question(typed)).words == written


def test_facets_are_quoted():
    assert write_facet("p", ["it's", "a\\b"]) == "'=p:it''s' | '=p:a\\\\b'"
    assert join_facets("", "'a'", "'b' | 'c'") == "('a') & ('b' | 'c')"


@pytest.fixture
def many(store):
    """5,000 articles that came in one after the other; each tenth has a rare word."""
    fill = text(
        "INSERT INTO search_entry (record_id, kind, number, first_seen, words)"
        " SELECT 'ar-' || n, 'article', n, now(),"
        " to_tsvector('english', CASE WHEN n % 1000 = 0 THEN 'rare treaty' ELSE 'treaty' END)"
        " || search_facets('article', n, ARRAY[CASE WHEN n < 100 THEN '=p:old' END]) FROM generate_series(1, 5000) n"
    )
    with store.begin() as connection:
        connection.execute(fill)
        connection.execute(text("SELECT setval('search_number', 5000)"))
    return store


def test_of_a_frequent_word_the_newest_are_ranked(many):
    with many.begin() as connection:
        ((found, is_cut),) = find_by_words(connection, "'treati'", [Conditions("article")], newest=5000)
        assert is_cut
        assert [each.number for each in found] == list(range(5000, 5000 - search_queries.MOST_RANKED, -1))


@pytest.mark.parametrize(
    ("words", "wanted", "numbers"),
    [
        ("'rare'", Conditions("article"), [5000, 4000, 3000, 2000, 1000]),
        ("'rare'", Conditions("article", after=3000), [5000, 4000]),
        ("'treati'", Conditions("article", "'=p:old'"), list(range(99, 0, -1))),
        ("", Conditions("article", "'=p:old'"), list(range(99, 0, -1))),
        ("'treati'", Conditions("claim"), []),
    ],
)
def test_rare_ones_are_found_however_old(many, words, wanted, numbers):
    with many.begin() as connection:
        ((found, is_cut),) = find_by_words(connection, words, [wanted], newest=5000)
    assert ([each.number for each in found], is_cut) == (numbers, False)


def count_rounds(store, words, kind="article"):
    said = []
    listener = event.listens_for(store.engine, "before_cursor_execute")(lambda *call: said.append(call[2]))
    try:
        with store.begin() as connection:
            ((found, _),) = find_by_words(connection, words, [Conditions(kind)], newest=5000)
    finally:
        event.remove(store.engine, "before_cursor_execute", listener)
    return len(found), len(said)


def test_where_some_were_found_and_few_are_to_come_all_are_asked_for_at_once(many, monkeypatch):
    monkeypatch.setattr(search_queries, "_FIRST", 512)
    monkeypatch.setattr(search_queries, "_STEP", 4)
    assert count_rounds(many, "'rare'") == (5, 3)  # none says nothing
    monkeypatch.setattr(search_queries, "_SOME", 1)
    assert count_rounds(many, "'rare'") == (5, 2)


def test_a_beginning_is_looked_up_once_for_all_kinds(many):
    with many.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO search_entry (record_id, kind, number, first_seen, words) SELECT 'cl-' || n, 'claim', n, now(),"
                " to_tsvector('english', 'treaties') || search_facets('claim', n, ARRAY[]::text[]) FROM generate_series(1, 9) n"
            )
        )
        kinds = [Conditions("article", "'=p:old'"), Conditions("claim", after=4)]
        (old, _), (claims, _) = find_by_words(connection, "'trea':*", kinds, newest=5000)
        ((articles, is_cut),) = find_by_words(connection, "'trea':*", [Conditions("article")], newest=5000)
    assert [each.number for each in old] == list(range(99, 0, -1))
    assert sorted(each.number for each in claims) == [5, 6, 7, 8, 9]
    assert [each.number for each in articles] == list(range(5000, 5000 - search_queries.MOST_RANKED, -1))
    assert is_cut


@pytest.mark.parametrize(("days", "years"), [([None, "2024-05", "1998"], (1998, 2024)), ([None], None)])
def test_a_search_knows_the_years_of_articles(store, days, years):
    fill = text(
        "INSERT INTO search_entry (record_id, kind, number, day, first_seen, words) VALUES (:id, 'article', 1, :day, now(), '')"
    )
    with store.begin() as connection:
        for at, day in enumerate(days):
            connection.execute(fill, {"id": f"ar-{at}", "day": day})
        assert write_question(connection, parse_question("treaty")).years == years
