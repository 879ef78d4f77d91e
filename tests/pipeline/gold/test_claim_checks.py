"""Claims: speakers and cues that are there and stand outside the content."""

import pytest

MISTAKES = [
    # what is written, what stands there instead, the line, what is said of it
    ("{c1 it will make", "{c1 it {q1 will} make", 11, "has its own cue q1 within it"),
    ("ports safer}.", "ports safer.}", 11, "leave the stop outside"),
    ('speaker = "e5"', 'speaker = "e55"', 37, "speaker e55 is not in the tables"),
    ('"recommendation"', '"assertion_of_fact"', 39, "of AUTHOR is no claim"),
    ('about = ["a2"]}\n', 'about = ["c2"]}\n', 39, "about c2 is not in the tables"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(find_errors, old, new, line, said):
    errors = find_errors(old, new)
    assert [error for error in errors if error.line == line and said in error.text], errors


def test_another_speaker_that_is_an_id_must_exist(find_errors):
    (error,) = find_errors('speaker = "e5", cue', 'speaker = "e5", speaker_alt = ["e9", "her office"], cue')
    assert error.text.startswith("c1: speaker_alt e9 is not in the tables")
