"""Themes over time and on a map."""

from xml.etree.ElementTree import fromstring

import pytest

from pipeline.embedding.encoder import find_route
from pipeline.jobs.cluster import cluster_themes
from pipeline.jobs.trends import draw_theme_map, draw_themes_over_time, find_periods, load_over_time
from pipeline.settings import Settings
from pipeline.store.store import Store
from tests.pipeline.themed import save_articles


@pytest.mark.parametrize(
    ("unit", "last", "expected"),
    [
        ("week", "2025-07-17", ("2025-06-30", "2025-07-07", "2025-07-14")),
        ("week", "2025-01-01", ("2024-12-16", "2024-12-23", "2024-12-30")),
        ("month", "2025-01-31", ("2024-11", "2024-12", "2025-01")),
        ("month", "2025-02", ("2024-12", "2025-01", "2025-02")),
        ("month", "2025", ("2024-11", "2024-12", "2025-01")),
    ],
)
def test_periods_end_with_the_one_that_the_day_is_in(unit, last, expected):
    assert find_periods(unit, last, 3) == expected


def test_an_empty_store_has_nothing_over_time_and_an_empty_map(store: Store):
    found = load_over_time(store)
    assert (found.periods, found.themes) == ((), ())
    assert "No themes yet" in draw_theme_map(store)
    fromstring(draw_themes_over_time(found))


def test_a_theme_that_comes_up_rises(store: Store, settings: Settings):
    route = find_route(settings)
    save_articles(store, route, [(0, n) for n in range(16)], published=lambda n: f"2025-0{n % 8 + 1}-15")
    save_articles(store, route, [(1, n) for n in range(16)], published=lambda n: f"2025-{n % 4 + 9:02}-15")
    cluster_themes(store, settings=settings)
    found = load_over_time(store, "month")
    assert (found.periods[0], found.periods[-1], found.recent) == ("2025-01", "2025-12", 4)
    assert {(each.direction, each.before, each.recent) for each in found.themes} == {
        ("rising", 0, 16),
        ("falling", 16, 0),
    }
    assert sum(found.articles) == 32
    assert "▲ rising" in draw_themes_over_time(found)
    assert len(fromstring(draw_theme_map(store)).findall("{http://www.w3.org/2000/svg}g")) == 2
