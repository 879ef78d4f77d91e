import pytest

from pipeline.review.api.paging import make_page


@pytest.mark.parametrize(
    ("found", "items", "following"),
    [([], (), None), (["a"], ("a",), None), (["a", "b"], ("a", "b"), None), (["a", "b", "c"], ("a", "b"), "b")],
)
def test_a_page_says_how_to_go_on_where_there_is_more(found, items, following):
    page = make_page(found, 2, str)
    assert (page.items, page.next) == (items, following)
