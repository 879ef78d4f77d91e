import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gold.marks import Mark, read_marks
from pipeline.gold.nesting import nest_marks, write_marks

TEXT = "Norland and Sudland signed it"


def mark(words, key, text=TEXT, flags=()):
    start = text.index(words)
    return Mark(key, flags, start, start + len(words), 0)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], TEXT),
        ([mark("Norland", "e1")], "{e1 Norland} and Sudland signed it"),
        ([mark("Norland", "e1", flags=("metonym",))], "{e1+metonym Norland} and Sudland signed it"),
        ([mark("Norland", "e1"), mark("Norland", "a1")], "{a1 {e1 Norland}} and Sudland signed it"),
        (
            [mark("Norland and Sudland", "c1"), mark("Sudland signed", "a1")],
            "{c1 Norland and} {a1 {c1 Sudland} signed} it",
        ),
        (
            [mark("Norland and Sudland", "a1"), mark("Sudland signed", "c1")],
            "{a1 Norland and {c1 Sudland}} {c1 signed} it",
        ),
        ([mark("Norland and Sud", "a1"), mark("Sudland", "e1")], "{a1 Norland and} {e1 {a1 Sud}land} signed it"),
        ([mark(" and ", "q1")], "Norland {q1 and} Sudland signed it"),
    ],
)
def test_marks_that_cross_are_cut_where_it_matters_least(marks, expected):
    assert write_marks(TEXT, nest_marks(TEXT, marks)) == expected


def test_a_mark_ends_with_its_line():
    text = "one two\n\n  three . \n"
    assert write_marks(text, nest_marks(text, [Mark("c1", (), 4, len(text), 0)])) == "one {c1 two}\n\n  {c1 three .} \n"


@st.composite
def marked(draw):
    text = draw(st.text("ab .\n", min_size=1, max_size=25))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda span: span[0] < span[1])
    chosen = draw(st.lists(st.tuples(st.sampled_from("casxqdfe"), spans), max_size=6))
    return text, [Mark(f"{letter}{n}", (), *span, 0) for n, (letter, span) in enumerate(chosen, 1)]


@given(marked())
def test_whatever_is_marked_is_read_back_and_covers_the_same_letters(given_marks):
    text, marks = given_marks
    nested = nest_marks(text, marks)
    read = read_marks(write_marks(text, nested).split("\n"), first_line=1)
    assert read.problems == ()
    assert read.text == text + "\n"
    assert sorted(each[:4] for each in read.marks) == sorted(each[:4] for each in nested)
    for mark in marks:
        letters = {at for at in range(mark.start, mark.end) if text[at].isalnum()}
        kept = {
            at for each in nested if each.key == mark.key for at in range(each.start, each.end) if text[at].isalnum()
        }
        assert kept == letters
