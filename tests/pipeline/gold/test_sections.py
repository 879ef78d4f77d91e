"""The head and the tables of a gold file, and what is said of wrong ones."""

import pytest

MISTAKES = [
    # what is written, what stands there instead, the line, what is said of it
    ('style = "wire"', 'style = "wires"', 7, 'style = "wires" is not known; is "wire" meant?'),
    ('split = "train"', 'split = "tain"', 9, '"train" meant?'),
    ('published = "2025-03-13"', 'published = "13 March"', 3, "is no ISO date; write 2025, 2025-09 or 2025-09-12"),
    ('topic = "arden"\n', "", 2, "topic is missing"),
    ('"Sudland"}', '"Sudland", iso = "SUD"}', 19, 'iso = "SUD" has not the form of iso (two capitals, as FR)'),
    ('"Sudland"}', '"Sudland", qid = "142"}', 19, "as Q142"),
    ('name = "Sudland"', 'nane = "Sudland"', 19, 'unknown key "nane"; is "name" meant?'),
    ('type = "PERSON"', 'type = "PERSONS"', 22, 'is "PERSON" meant?'),
    ("e5 = {type", "e4 = {type", 22, "stands here a second time"),
    ("e5 = {type", "x5 = {type", 22, "ids here are e1, e2"),
    ("[agreements]", "[agreemnts]", 24, "is no section"),
    ('kind = "treaty"', 'kind = "treatise"', 25, 'is "treaty" meant?'),
    ('name = "Arden Treaty", kind', "kind", 25, "needs a name"),
    ('date = "2025-03-12", shared', "date = 2025-03-12, shared", 25, "stands without quotes"),
    ('date = "2025-03-12", shared', 'date = "2025-02-30", shared', 25, "date"),
    ("value = 26}", 'value = "many"}', 33, "value"),
    ("value = 26}", "value = 26", 33, "f1 is no TOML"),
    ('date = "2027"}', 'date = "in 2027"}', 35, "no ISO date"),
    ('speaker = "e5"', 'speaker = "Mara"', 37, "AUTHOR"),
    ("[claims]", "claims", 35, "d1 is no TOML"),
    ("[entities]", "entities", 17, '"entities" is no record'),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(find_errors, old, new, line, said):
    errors = find_errors(old, new)
    assert [error for error in errors if error.line == line and said in error.text], errors
