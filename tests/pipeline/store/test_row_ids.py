import pytest

from pipeline.errors import NotFoundError
from pipeline.store.register import load_register
from pipeline.store.row_ids import find_row_id


def test_a_row_is_found_by_its_id_and_its_beginning(store, save):
    save()
    (row,) = load_register(store)
    assert find_row_id(store, row.id) == find_row_id(store, row.id[:8]) == row.id


@pytest.mark.parametrize("given", ["rw-", "rw-ffffff", "ag-0123456789abcdef", "", "%" * 9])
def test_what_is_no_row(store, save, given):
    save()
    with pytest.raises(NotFoundError, match="bears the id"):
        find_row_id(store, given)
