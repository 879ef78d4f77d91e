import pytest
from sqlalchemy import text

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
