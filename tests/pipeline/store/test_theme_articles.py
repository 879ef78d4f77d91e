"""An article is of the theme of most of its passages."""

import pytest

from pipeline.records import Theme
from pipeline.store.theme_articles import load_article_themes, load_newest_day, load_periods, refresh_theme_articles
from pipeline.store.themes import save_themes


@pytest.fixture
def articles(store, save, make):
    """Three articles of two weeks in one theme, the last one without a day."""
    days = ("2025-07-18", "2025-07-21", "2025-07")
    made = [save(f"/{at}.txt", text=f"Norland left, {at}.", published=day)[0] for at, day in enumerate(days)]
    members = tuple(make.passages(each)[0].id for each in made)
    save_themes(store, [Theme(id="th-1", label="a", terms=(), size=3, members=members, exemplars=members[:1])], "r")
    with store.begin() as connection:
        refresh_theme_articles(connection)
    return [each.id for each in made]


def test_articles_are_counted_by_week_and_by_month(store, articles):
    assert load_article_themes(store, articles) == dict.fromkeys(articles, "th-1")
    weeks = load_periods(store, "week", since="2025-07-01", until="2025-07-31")
    assert [(row.period, row.theme_id, row.articles) for row in weeks] == [
        ("2025-07-14", "th-1", 1),
        ("2025-07-21", "th-1", 1),
    ]
    months = load_periods(store, "month", since="2025-07", until="2025-07-31")
    assert [(row.period, row.articles) for row in months] == [("2025-07", 3)]
    assert load_periods(store, "month", since="2025-08", until="2025-09") == []
    assert load_newest_day(store) == "2025-07-21"


def test_only_the_articles_that_are_named_are_looked_at(store, articles):
    save_themes(store, [], "r")
    with store.begin() as connection:
        refresh_theme_articles(connection, articles[:1])
    assert load_article_themes(store, articles) == dict.fromkeys(articles[1:], "th-1")
