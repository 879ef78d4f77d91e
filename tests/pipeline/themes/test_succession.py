"""Old and new themes are matched by their members."""

import pytest

from pipeline.themes.succession import Fate, carry_over, explain


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, ["abc"], [None]),
        ({"x": "abc"}, [], []),
        ({"x": "abc"}, ["abcd"], ["x"]),
        ({"x": "abc"}, ["def"], [None]),
        ({"x": "abc", "y": "def"}, ["def", "abc"], ["y", "x"]),
        ({"x": "abcdef"}, ["abcd", "ef"], ["x", None]),  # a split: the larger part keeps the id
        ({"x": "abc", "y": "de"}, ["abcde"], ["x"]),  # a merge: the larger one stays
        ({"x": "abcdefghij", "y": "klm"}, ["abcdeklm", "fghij"], ["y", "x"]),  # most in common over all: 3 + 5, not 5
    ],
)
def test_ids_are_carried_over_by_what_themes_have_in_common(old, new, expected):
    assert carry_over(old, new) == expected


def test_a_theme_with_a_name_stays_where_two_become_one():
    old = {"x": "abc", "y": "de"}
    assert carry_over(old, ["abcde"], named={"y"}) == ["y"]


def test_a_stranger_or_two_are_no_history():
    assert carry_over({"x": [str(n) for n in range(100)]}, [["1", *"abcdefghijklmnop"]]) == [None]


def test_what_became_of_each_is_said():
    old = {"kept": "abcdef", "merged": "ghi", "ended": "jkl"}
    new = {"kept": "abcghi", "split": "def", "founded": "jxyz"}
    found = {each.theme_id: each for each in explain(old, new)}
    assert {key: each.fate for key, each in found.items()} == {
        "kept": Fate.KEPT,
        "merged": Fate.MERGED,
        "ended": Fate.ENDED,
        "split": Fate.SPLIT,
        "founded": Fate.FOUNDED,
    }
    assert (found["merged"].other_id, found["merged"].members) == ("kept", 3)
    assert (found["split"].other_id, found["split"].members) == ("kept", 3)
    assert found["kept"].reason == "3 of its 6 members are in it still, of 6"
    assert found["ended"].reason == "its 3 members are in 1 other themes or in none now"
