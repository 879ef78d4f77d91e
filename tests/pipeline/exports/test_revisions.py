from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports.revisions import make_diffs
from pipeline.store.revisions import RevisionRow


def revise(*texts, **facts):
    """Revisions with these texts; a fact is given as a list of its values."""
    return [
        RevisionRow(
            article_id="ar-1",
            revision=number,
            text=text,
            saved_at=datetime(2025, 7, number, tzinfo=UTC),
            **{
                "title": None,
                "authors": (),
                "published": None,
                "publisher": None,
                "language": "en",
                **{name: values[number - 1] for name, values in facts.items()},
            },
        )
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("One.\n\nTwo.", "One.\nTwo.\n", []),
        ("One.", "One.\n\nTwo.", ["added"]),
        ("One.\n\nTwo.", "Two.", ["removed"]),
        ("It was signed by 26 states.", "It was signed by 27 states.", ["edited"]),
        ("It was signed by 26 states.", "Nobody knows.", ["added", "removed"]),
        (
            "A.\n\nIt was signed by 26 states.\n\nB.",
            "New.\n\nIt was signed by 27 states.\n\nB.",
            ["added", "removed", "edited"],
        ),
    ],
)
def test_paragraphs_that_changed(before, after, kinds):
    (diff,) = make_diffs(revise(before, after))
    assert [change.kind for change in diff.changes] == kinds


def test_words_that_changed():
    (diff,) = make_diffs(revise("It was signed by 26 states.", "It was signed by 27 states."))
    pieces = [(piece.kind, piece.text) for piece in diff.changes[0].pieces]
    assert pieces == [("same", "It was signed by "), ("removed", "26 "), ("added", "27 "), ("same", "states.")]


def test_facts_that_changed():
    revisions = revise("One.", "One.", published=["2025-07-01", "2025-07-02"], authors=[("Ana",), ("Ana", "Ben")])
    (diff,) = make_diffs(revisions)
    assert [(fact.name, fact.before, fact.after) for fact in diff.facts] == [
        ("authors", "Ana", "Ana, Ben"),
        ("published", "2025-07-01", "2025-07-02"),
    ]
    assert diff.changes == ()


def test_each_revision_is_compared_to_the_one_before():
    diffs = make_diffs(revise("One.", "One. Two.", "One. Two. Three."))
    assert [diff.revision for diff in diffs] == [2, 3]
    assert make_diffs(revise("One.")) == []


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_nothing_is_lost_in_a_diff(before, after):
    (diff,) = make_diffs(revise(before, after))
    for change in diff.changes:
        if change.kind == "edited":
            assert "".join(p.text for p in change.pieces if p.kind != "added").split() == change.before.split()
            assert "".join(p.text for p in change.pieces if p.kind != "removed").split() == change.after.split()
    lines = {line.strip() for line in before.splitlines()} - {line.strip() for line in after.splitlines()} - {""}
    assert lines <= {change.before for change in diff.changes}
