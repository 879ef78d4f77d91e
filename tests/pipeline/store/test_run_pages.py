import pytest

from pipeline.errors import NotFoundError
from pipeline.store.run_pages import load_run_page
from pipeline.store.runs import start_run


def test_pages_have_each_run_once_the_latest_first(store):
    made = [start_run(store, "ingest", settings={}, versions={}) for _ in range(5)]
    first = [each.id for each in load_run_page(store, limit=2)]
    second = [each.id for each in load_run_page(store, limit=2, after=first[-1])]
    third = [each.id for each in load_run_page(store, limit=2, after=second[-1])]
    assert [*first, *second, *third] == made[::-1]
    assert load_run_page(store, limit=2, after=third[-1]) == []


def test_a_page_after_a_run_that_is_not_there(store):
    with pytest.raises(NotFoundError, match="after which to go on"):
        load_run_page(store, limit=2, after="rn-0000")
