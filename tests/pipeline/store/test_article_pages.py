import pytest

from pipeline.errors import NotFoundError
from pipeline.store.article_pages import load_article_page
from pipeline.store.articles import load_articles
from pipeline.store.filters import ArticleFilter


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_have_each_article_once_in_the_order_of_the_list(store, save, size):
    for number, day in enumerate(["2025-07-18", "2025-07", None, "2025-07-18", None]):
        save(f"https://a.example/{number}", text=f"Norland signed the Kestrel Treaty no. {number}.", published=day)
    seen, after = [], None
    while page := load_article_page(store, ArticleFilter(limit=size), after=after):
        seen += page
        after = page[-1].id
    assert [each.id for each in seen] == [each.id for each in load_articles(store)]


def test_a_page_after_an_article_that_is_not_there(store):
    with pytest.raises(NotFoundError, match="after which to go on"):
        load_article_page(store, ArticleFilter(), after="ar-none")
