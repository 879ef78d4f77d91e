import pytest

from pipeline.records import Span
from pipeline.review.wording import cut, link_words, say_any, say_count, say_reason, say_source, say_who
from pipeline.store.filters import RegisterFilter
from pipeline.store.register import load_register


@pytest.mark.parametrize(("value", "said"), [(26.0, "26"), ("2025-07-17", "17 July 2025"), ("in_force", "in force")])
def test_a_value_is_said_as_what_it_is(value, said):
    assert say_any(value) == said


@pytest.mark.parametrize(("number", "one", "said"), [(1, "article", "1 article"), (1024, "party", "1,024 parties")])
def test_things_are_counted(number, one, said):
    assert say_count(number, one) == said


def test_long_text_is_cut_and_says_so():
    assert cut("x" * 10, 10) == "x" * 10
    assert cut("x" * 11, 10) == "x" * 10 + "…"


def test_parties_are_named_up_to_eight(store, save):
    save(parties=[f"Land {n}" for n in range(11)])
    (row,) = load_register(store, RegisterFilter())
    assert say_who(row).endswith(" and 3 more")
    assert say_who(row).count("Land") == 8


@pytest.mark.parametrize(
    ("given", "address"),
    [
        (("ar-1",), "/articles/ar-1"),
        (("ar-1", Span(start=3, end=5, text="ab")), "/articles/ar-1?at=3-5#record"),
        (("ar-1", Span(start=3, end=5, text="ab"), "ag-1"), "/articles/ar-1?record=ag-1&at=3-5#record"),
    ],
)
def test_words_have_an_address(given, address):
    assert link_words(*given) == address


def test_sources_and_reasons_are_said():
    assert say_source("A treaty", "The Example") == "The Example, A treaty"
    assert say_source(None, None) == ""
    assert [say_reason(each) for each in (None, "first", "person", "name")] == [
        "",
        "the first of it",
        "put here by a person",
        "linked by name",
    ]
