"""All about one theme."""

import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.records import Theme
from pipeline.store.theme_articles import refresh_theme_articles
from pipeline.store.theme_pages import load_theme
from pipeline.store.themes import save_themes


def test_a_page_says_who_publishes_and_who_speaks(store, save, make):
    article, _ = save()
    members = (make.passages(article)[0].id, make.claim(article).id)
    theme = Theme(id="th-0123456789", label="a", terms=(), size=2, members=members, exemplars=members[:1])
    save_themes(store, [theme], "r")
    with store.begin() as connection:
        refresh_theme_articles(connection)
    page = load_theme(store, "th-0123")
    assert (page.theme.id, page.articles, page.related, page.events) == ("th-0123456789", 1, (), ())
    assert [(row.name, row.count) for row in page.publishers] == [("The Example", 1)]
    assert [(row.name, row.count) for row in page.speakers] == [("Mara Lind", 1)]
    assert page.first_published == page.last_published == "2025-07-18"


@pytest.mark.parametrize(("theme_id", "error"), [("th-1", InputError), ("th-9999999", NotFoundError)])
def test_what_is_no_theme_is_said(store, theme_id, error):
    with pytest.raises(error):
        load_theme(store, theme_id)
