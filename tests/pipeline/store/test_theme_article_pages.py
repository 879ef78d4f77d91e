import pytest

from pipeline.embedding.encoder import find_route
from pipeline.errors import NotFoundError
from pipeline.jobs.cluster import cluster_themes
from pipeline.store.theme_article_pages import load_theme_articles
from pipeline.store.themes import load_themes
from tests.pipeline.themed import save_articles


def walk(store, theme_id, size):
    """All articles of a theme, page by page."""
    after = None
    while page := load_theme_articles(store, theme_id, limit=size, after=after):
        yield from page
        after = page[-1].id


@pytest.mark.parametrize("size", [1, 50])
def test_pages_have_each_article_once_the_youngest_first(store, settings, size):
    days = ["2025-07-18", "2025-07", None, "2024-01-02"]
    ids = save_articles(store, find_route(settings), [(0, n) for n in range(8)], published=lambda n: days[n % 4])
    cluster_themes(store, settings=settings)
    themes = {theme.id: theme.articles for theme in load_themes(store)}
    found = {theme_id: list(walk(store, theme_id, size)) for theme_id in themes}
    assert {theme_id: len({each.id for each in articles}) for theme_id, articles in found.items()} == themes
    listed = [each.id for articles in found.values() for each in articles]
    assert len(listed) == len(set(listed)) >= 4  # who fits nowhere is in none
    assert set(listed) <= set(ids)
    for theme_id, articles in found.items():
        published = [each.published or "" for each in articles]
        assert published == sorted(published, reverse=True)
        with pytest.raises(NotFoundError, match="after which to go on"):
            load_theme_articles(store, theme_id, limit=2, after="ar-none")
