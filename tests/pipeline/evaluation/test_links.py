"""Scores of linking."""

import pytest

from pipeline.evaluation.links import find_truth, score_links


def score(truth, found):
    truth, found = (dict(zip("abcdef", groups, strict=False)) for groups in (truth, found))
    return {s.name: s.value for s in score_links(truth, found)}


@pytest.mark.parametrize(
    ("truth", "found", "pair", "bcubed"),
    [
        ("1122", "1122", (1, 1, 1), (1, 1, 1)),
        ("1122", "3344", (1, 1, 1), (1, 1, 1)),
        ("1111", "1122", (1, 1 / 3, 0.5), (1, 0.5, 2 / 3)),
        ("1122", "1111", (1 / 3, 1, 0.5), (0.5, 1, 2 / 3)),
        ("1234", "1234", (None, None, None), (1, 1, 1)),
        ("1122", "1212", (0, 0, 0), (0.5, 0.5, 0.5)),
        ("1122", "1234", (None, 0, 0), (1, 0.5, 2 / 3)),
    ],
)
def test_two_groupings(truth, found, pair, bcubed):
    values = score(truth, found)
    for name, expected in (("link_pair", pair), ("link_bcubed", bcubed)):
        got = tuple(values[f"{name}_{part}"] for part in ("precision", "recall", "f1"))
        assert got == tuple(each if each is None else pytest.approx(each) for each in expected)


def test_what_only_one_grouping_has_is_left_out():
    assert score("112", "11")["link_bcubed_f1"] == 1.0


def test_nothing_to_link():
    assert set(score("", "").values()) == {None}


def test_without_a_slug_an_observation_is_its_own_agreement():
    truth = find_truth({"a": "arden", "b": "arden", "c": None, "d": None})
    assert truth["a"] == truth["b"]
    assert len(set(truth.values())) == 3
