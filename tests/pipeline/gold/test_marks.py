"""Marks to plain text and offsets, and what is said of wrong ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gold.marks import read_marks

MISTAKES = [
    # what is written, what stands there instead, the line, what is said of it
    ("{e4 ARDEN}", "{e4 ARDEN", 11, 'the mark "{e4 ARDEN'),
    ("{e4 ARDEN}", "e4 ARDEN}", 11, "a closing brace without an opening one"),
    ("{e4 ARDEN}", "{ARDEN}", 11, "bears no id"),
    ("{e4 ARDEN}", "{z4 ARDEN}", 11, "bears no id"),
    ("{e4 ARDEN}", "{e4}ARDEN", 11, "has no words"),
    ("{e4 ARDEN}", "{e4 ARDEN }", 11, "blanks at its edge"),
    ("+adjectival Norl", "+adjective Norl", 11, 'unknown flag "adjective"; is "adjectival" meant?'),
    ("{x1 signed}", "{x1+pronoun signed}", 11, "only entities have them"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(find_errors, old, new, line, said):
    errors = find_errors(old, new)
    assert [error for error in errors if error.line == line and said in error.text], errors


@pytest.mark.parametrize(
    ("line", "text", "marks"),
    [
        ("Plain.", "Plain.\n", []),
        ("{e1 France} won.", "France won.\n", [("e1", (), "France")]),
        ("{a1 the {e1 Arden Pact}}", "the Arden Pact\n", [("e1", (), "Arden Pact"), ("a1", (), "the Arden Pact")]),
        (
            "{e1+adjectival Franco}-{e2+metonym+acronym UK}",
            "Franco-UK\n",
            [("e1", ("adjectival",), "Franco"), ("e2", ("metonym", "acronym"), "UK")],
        ),
        (
            "{c1 It may,} {q1 said} X, {c1 but late}",
            "It may, said X, but late\n",
            [("c1", (), "It may,"), ("q1", (), "said"), ("c1", (), "but late")],
        ),
        ("{e1 Łódź} 🙂 {e2 B}", "Łódź 🙂 B\n", [("e1", (), "Łódź"), ("e2", (), "B")]),
        ("{x1 {x2 ratified}}", "ratified\n", [("x2", (), "ratified"), ("x1", (), "ratified")]),
    ],
)
def test_marks_become_offsets(line, text, marks):
    marked = read_marks([line], first_line=7)
    assert marked.text == text
    assert marked.problems == ()
    assert [(m.key, m.flags, text[m.start : m.end]) for m in marked.marks] == marks
    assert {m.line for m in marked.marks} <= {7}


def test_a_mark_left_open_spoils_its_line_alone():
    marked = read_marks(["{e1 France and {e2 Germany} agreed.", "{e1 France} paid."], first_line=1)
    assert [problem.line for problem in marked.problems] == [1]
    assert [(m.key, m.line) for m in marked.marks] == [("e2", 1), ("e1", 2)]


@given(st.lists(st.text(st.characters(exclude_characters="{}\n", exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_text_without_marks_stays(lines):
    assert read_marks(lines, first_line=1).text == "".join(line + "\n" for line in lines)
