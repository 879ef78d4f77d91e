import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.records import Span
from pipeline.review.editing import MOST_SAME, add_place, find_words, list_same, remove_place, replace_place, take_span

TEXT = "The pact holds. A  pact is a pact; the impact of pacts is none."


def place(start, end, **more):
    return {"start": start, "end": end, "text": TEXT[start:end]} | more


def span(start, end):
    return Span(start=start, end=end, text=TEXT[start:end])


def test_one_place_more_or_less_or_another():
    places = [place(4, 8, flags=["acronym"])]
    more = add_place(places, span(19, 23))
    assert [each["start"] for each in more] == [4, 19]
    assert [each["start"] for each in add_place(more[1:], span(4, 8))] == [4, 19]
    assert replace_place(more, 0, span(0, 8)) == [place(0, 8, flags=["acronym"]), more[1]]
    assert remove_place(more, 0) == more[1:]


def test_what_cannot_be_changed_is_said():
    places = [place(4, 8)]
    with pytest.raises(InputError, match="marked there already"):
        add_place(places, span(4, 8))
    with pytest.raises(InputError, match=r"only place .* reject the record"):
        remove_place(places, 0)
    with pytest.raises(InputError, match="not there any more"):
        replace_place(places, 1, span(0, 8))


@pytest.mark.parametrize(
    ("words", "near", "start"),
    [("pact", 0, 4), ("pact", 30, 29), ("A pact", 0, 16), (" pact ", 19, 19), ("none.", 0, 58)],
)
def test_words_are_found_where_they_stand_nearest(words, near, start):
    assert find_words(TEXT, words, near=near).start == start


@pytest.mark.parametrize("words", ["impac", "", " ", "treaty", "act"])
def test_words_that_do_not_stand_there_are_not_found(words):
    with pytest.raises(InputError, match="does not stand"):
        find_words(TEXT, words)


def test_the_same_words_are_whole_words_and_so_many_at_most():
    assert [each.start for each in list_same(TEXT, "pact")] == [4, 19, 29]
    assert len(list_same("a " * 1000, "a")) == MOST_SAME


@given(st.integers(-9, 80), st.integers(-9, 80))
def test_a_span_has_no_blanks_around_it(start, end):
    try:
        found = take_span(TEXT, start, end)
    except InputError:
        assert not TEXT[max(start, 0) : max(end, 0)].strip()
    else:
        assert TEXT[found.start : found.end] == found.text == TEXT[max(start, 0) : max(end, 0)].strip()
