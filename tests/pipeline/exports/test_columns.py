import pytest

from pipeline.exports.columns import VIEW_OF, View, find_columns, read_values


@pytest.mark.parametrize("view", list(View))
def test_each_view_has_columns_of_different_names(view):
    names = [column.name for column in find_columns(view)]
    assert len(names) == len(set(names)) > 5


def test_values_stand_in_the_order_of_the_columns(items):
    columns = find_columns(View.CLAIMS)
    found = dict(zip([column.name for column in columns], read_values(columns, items[0]), strict=True))
    assert (found["id"], found["published"], found["about"]) == ("cl-1", "2025-07", ("Kestrel Treaty", "Norland"))
    assert (found["review"], found["hedged"], found["confidence"]) == (None, True, 0.75)


def test_the_view_of_a_record_is_known(items):
    assert VIEW_OF[type(items[0].record)] is View.CLAIMS
