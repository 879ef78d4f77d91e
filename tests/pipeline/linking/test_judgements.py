import pytest

from pipeline.linking.judgements import find_said, list_asked

ROWS = {"b": "rw-1", "c": "rw-2", "d": "rw-2"}
SAID = {
    "nothing": ((), (), (), ()),
    "one with another": ([("a", "b")], (), ["rw-1"], ()),
    "one through another, where most of them stand": ([("a", "b"), ("b", "c"), ("c", "d")], (), ["rw-2", "rw-1"], ()),
    "apart": ((), [("a", "b")], (), ["rw-1"]),
    "apart from what one is one with": ([("a", "b")], [("b", "c")], ["rw-1"], ["rw-2"]),
    "not known to the register": ([("a", "z")], [("a", "y")], (), ()),
    "of two that contradict each other what is said of the two": (
        [("a", "b"), ("b", "c")],
        [("a", "c")],
        ["rw-1"],
        ["rw-2"],
    ),
}


@pytest.mark.parametrize(("same", "apart", "wanted", "barred"), SAID.values(), ids=SAID)
def test_judgements_are_rows_to_stand_in_and_to_avoid(same, apart, wanted, barred):
    said = find_said("a", same=same, apart=apart, rows=ROWS)
    assert (list(said.wanted), said.barred) == (list(wanted), set(barred))


def test_all_that_is_named_is_asked_for():
    assert list_asked([("a", "b")], [("b", "c")]) == {"a", "b", "c"}
