"""Agreements: parties, status, and what belongs to them."""

import pytest

MISTAKES = [
    # what is written, what stands there instead, the line, what is said of it
    (
        'status = "signed"',
        'status = "in_force"',
        25,
        "its acts (done signed 2025-03-12, denied rejected, presupposed: done",
    ),
    ('status = "signed", ', "", 25, 'its acts give status = "signed"'),
    ('"e1 party"', '"e1 partner"', 25, '"partner" is no role; is "party" meant?'),
    ('"e1 party"', '"e8 party"', 25, "e8 is not in the tables"),
    ('"e1 party"', '"e2 party"', 25, "stands twice"),
    ('entity = "e3"', 'entity = "e33"', 25, "e33 is not in the tables"),
    ('["proposed"], parties', '["proposed"], shared = "arden-treaty", parties', 26, "the same shared"),
    ('x2 = {of = "a2"', 'x2 = {of = "a1"', 26, "a2 has no act"),
    ('x2 = {of = "a2"', 'x2 = {of = "a7"', 29, "of = a7 is not in the tables"),
    ('actors = ["e6"]', 'actors = ["e66"]', 30, "actor e66 is not in the tables"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(find_errors, old, new, line, said):
    errors = find_errors(old, new)
    assert [error for error in errors if error.line == line and said in error.text], errors
