from itertools import combinations

import numpy as np
import pytest

from pipeline.themes.places import MapTheme, find_places


def make_themes(number, *, spread=1.0):
    generator = np.random.default_rng(3)
    centers = generator.normal(scale=spread, size=(number, 16)) + 1.0
    return [
        MapTheme(
            id=f"th-{row}",
            label=f"a theme of some length {row}",
            size=200 - row,
            center=center,
            vectors=center[None],
            texts=("",),
            broad_id="th-0",
        )
        for row, center in enumerate(centers)
    ]


@pytest.mark.parametrize(("number", "spread"), [(1, 1.0), (2, 1.0), (12, 1.0), (40, 1.0), (12, 0.0)])
def test_no_name_lies_on_another_and_all_stand_in_the_picture(number, spread):
    places = find_places(make_themes(number, spread=spread))
    assert all(each.x - each.width / 2 >= 19 and each.y - each.radius >= 59 for each in places)
    if spread:
        for one, other in combinations(places, 2):
            apart = abs(one.x - other.x) - (one.width + other.width) / 2
            middles = (one.y - one.radius + one.height / 2, other.y - other.radius + other.height / 2)
            assert max(apart, abs(middles[0] - middles[1]) - (one.height + other.height) / 2) > -0.5


def test_like_lies_near_like():
    themes = make_themes(3)
    near, far = themes[0].center + 0.01, -4 * themes[0].center
    places = find_places(
        [themes[0], *(_at(each, center) for each, center in zip(themes[1:], (near, far), strict=True))]
    )
    first, second, third = ((each.x, each.y) for each in places)
    assert np.hypot(*np.subtract(first, second)) < np.hypot(*np.subtract(first, third))


def _at(theme, center):
    return MapTheme(theme.id, theme.label, theme.size, center, center[None], ("",), theme.broad_id)
