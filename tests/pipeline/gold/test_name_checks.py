"""One record for each entity, with the names and ids that the gazetteer knows."""

import pytest

MISTAKES = [
    # what is written, what stands there instead, the line, what is said of it
    ('"Sudland"}', '"Sudland", iso = "FR"}', 19, 'which is "France" in the gazetteer'),
    ('name = "Sudland"', 'name = "France"', 19, 'add iso = "FR"'),
    ('name = "Sudland"', 'name = "Norland"', 19, "make them one id"),
    ('type = "PERSON"', 'type = "PERSON", iso = "FR"', 22, "is no STATE"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(find_errors, old, new, line, said):
    errors = find_errors(old, new)
    assert [error for error in errors if error.line == line and said in error.text], errors
