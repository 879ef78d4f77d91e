import pytest

from pipeline.embedding.encoder import find_route
from pipeline.errors import NotFoundError
from pipeline.jobs.cluster import cluster_themes
from pipeline.store.theme_article_pages import load_theme_articles
from pipeline.store.themes import load_themes
from tests.pipeline.themed import save_articles


@pytest.mark.parametrize("size", [3, 50])
def test_pages_have_each_article_once_the_youngest_first(store, settings, size):
    days = ["2025-07-18", "2025-07", None, "2024-01-02"]
    ids = save_articles(store, find_route(settings), [(0, n) for n in range(8)], published=lambda n: days[n % 4])
    cluster_themes(store, settings=settings)
    (theme,) = load_themes(store)
    seen, after = [], None
    while page := load_theme_articles(store, theme.id, limit=size, after=after):
        seen += page
        after = page[-1].id
    assert sorted(each.id for each in seen) == sorted(ids)
    assert [each.published or "" for each in seen] == sorted((each.published or "" for each in seen), reverse=True)
    with pytest.raises(NotFoundError, match="after which to go on"):
        load_theme_articles(store, theme.id, limit=2, after="ar-none")
