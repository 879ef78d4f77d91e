"""What must hold between marks and tables."""

import pytest

MISTAKES = [
    # what is written, what stands there instead, the line, what is said of it
    ("{x1 signed}", "signed", 28, "x1 (act) is nowhere marked in the text"),
    ("{x1 signed}", "{x9 signed}", 11, 'x9 (act, "signed") is marked but has no record'),
    ("{q1 said}", "{q7 said}", 11, "q7 (cue) is marked but no claim has"),
    ("{s1 a harbour", "{s3 a harbour", 13, "s3 (described speaker) is marked but no claim has"),
    ("the {e3 Arden Treaty}", "the {e3 Arden {e4 Treaty}}", 11, "entities are flat"),
    ("{c1 it will make {e1", "{c1 it {c3 will {c1 make}} {e1", 11, "a claim's parts do not overlap"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(find_errors, old, new, line, said):
    errors = find_errors(old, new)
    assert [error for error in errors if error.line == line and said in error.text], errors
