import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.search_language import Term, find_words, parse_question, split_words

QUESTIONS = [
    ("nuclear deterrence", [["nuclear"], ["deterrence"]]),
    ('"nuclear deterrence"', [["nuclear deterrence"]]),
    ("“Joint  Declaration”", [["joint declaration"]]),
    ("deterr*", [["deterr*"]]),
    ("treaty -France", [["treaty"], ["-france"]]),
    ('treaty –"joint plan"', [["treaty"], ["-joint plan"]]),
    ("treaty −Norland", [["treaty"], ["-norland"]]),
    ('treaty -"joint plan"', [["treaty"], ["-joint plan"]]),
    ("Norland OR Sudland pact", [["norland", "sudland"], ["pact"]]),
    ("Norland | Sudland OR Eastland", [["norland", "sudland", "eastland"]]),
    ("OR Norland OR", [["norland"]]),
    ("long-range U.S. missiles", [["long range"], ["us"], ["missiles"]]),
    ("Erdoğan", [["erdogan"]]),
    ("Europe's", [["europe s"]]),
    ('"no end', [["no"], ["end"]]),
    ("- -- * ** \" () & | ! :* <-> '", []),
    ("*able -", [["able"]]),
    ("", []),
    ("\0a\ud800b", [["a"], ["b"]]),
]


def say(term: Term) -> str:
    return "-" * term.is_negated + " ".join(term.words) + "*" * term.is_prefix


@pytest.mark.parametrize(("typed", "groups"), QUESTIONS)
def test_what_is_typed_becomes_terms(typed, groups):
    assert [[say(term) for term in group] for group in parse_question(typed).groups] == groups


def test_what_is_left_out_is_said():
    assert parse_question("word " * 10_000).notes[0] == "Only the first 1,000 characters were searched for."
    assert len(parse_question(" ".join(f"w{n}" for n in range(100))).groups) == 32
    assert parse_question("ab* cd").notes == ("A beginning needs 3 letters: ab* was searched for as a word.",)
    assert parse_question("fine").notes == ()


def test_negated_terms_are_not_looked_for():
    assert [say(term) for term in parse_question("treaty -France").terms] == ["treaty"]


def test_words_stand_where_they_are_written():
    text = "The U.S. and Erdog\u0306an’s long-range_plan."
    assert [(text[word.start : word.end], word.folded) for word in find_words(text)] == [
        ("The", "the"),
        ("U.S.", "us"),
        ("and", "and"),
        ("Erdog\u0306an", "erdogan"),
        ("s", "s"),
        ("long", "long"),
        ("range", "range"),
        ("plan", "plan"),
    ]
    assert split_words("U.S. long-range") == ("us", "long", "range")


@given(st.text(max_size=200))
def test_nothing_typed_is_an_error(typed):
    for group in parse_question(typed).groups:
        assert all(word.isalnum() for term in group for word in term.words)
