"""Pictures are whole SVG files that show every theme and call nobody."""

import re
from xml.etree.ElementTree import fromstring

import numpy as np
import pytest

from pipeline.themes.pictures import Frame, Series, draw_map, draw_over_time
from pipeline.themes.places import MapTheme
from pipeline.themes.trends import Direction

SVG = "{http://www.w3.org/2000/svg}"


def make_themes(number, *, label="Black Sea, mines & <grain>"):
    generator = np.random.default_rng(1)
    return [
        MapTheme(
            id=f"th-{row}",
            label=f"{label} {row}",
            size=100 - row,
            center=(center := generator.normal(size=16)),
            vectors=center + generator.normal(scale=0.1, size=(12, 16)),
            texts=tuple(f"text {dot} \x00" for dot in range(12)),
            broad_id=f"th-{row // 3}",
        )
        for row in range(number)
    ]


def make_series(number):
    return [
        Series(f"th-{row}", f"Theme <{row}>", (0.0, 0.2, 0.4), (0, 2, 4), list(Direction)[row % 3])
        for row in range(number)
    ]


def draw_both(number):
    return [draw_map(make_themes(number)), draw_over_time(make_series(number), ["2025-05", "2025-06", "2025-07"])]


@pytest.mark.parametrize("number", [0, 1, 2, 12, 60])
def test_a_picture_stands_alone_and_says_what_it_is(number):
    for picture in draw_both(number):
        root = fromstring(picture)
        assert (root.tag, root[0].tag, root[1].tag) == (f"{SVG}svg", f"{SVG}title", f"{SVG}desc")
        assert not re.search(r"<script|<image|href|@import|url\(|@font-face", picture)
        assert "nan" not in picture.replace("finance", "")


def test_the_same_themes_in_any_order_give_the_same_map():
    themes = make_themes(12)
    assert draw_map(themes) == draw_map(themes[::-1])


def test_every_theme_has_its_circle_its_name_and_its_dots():
    groups = fromstring(draw_map(make_themes(12))).findall(f"{SVG}g")
    assert len(groups) == 12
    assert all(len(group.findall(f"{SVG}circle")) == 13 for group in groups)
    assert groups[0].findtext(f"{SVG}circle/{SVG}title") == "Black Sea, mines & <grain> 0: 100 passages and claims"


@pytest.mark.parametrize("number", [2, 12, 40])
def test_no_circle_and_no_name_lies_on_another(number):
    """Boxes of circles do not overlap; names stand below their circles in the same box."""
    circles = []
    for group in fromstring(draw_map(make_themes(number))).findall(f"{SVG}g"):
        ring = group.find(f"{SVG}circle")
        circles.append(tuple(float(ring.get(name)) for name in ("cx", "cy", "r")))
    for row, (x, y, radius) in enumerate(circles):
        for other in circles[:row]:
            assert max(abs(x - other[0]), abs(y - other[1])) > radius or np.hypot(x - other[0], y - other[1]) > radius


def test_over_time_says_what_rises_and_what_falls():
    picture = draw_over_time(make_series(3), ["2025-05", "2025-06", "2025-07"], unit="month")
    assert "▲ rising" in picture
    assert "▼ falling" in picture
    assert "2025-06: 2 articles, 20.0%" in picture
    assert len(fromstring(picture).findall(f"{SVG}g/{SVG}rect")) == 9


IN_PAGE = Frame(is_alone=False, link="/themes/", dots=6)


def test_in_a_page_each_theme_is_a_link_and_no_style_stands_there():
    drawn = [draw_map(make_themes(12), IN_PAGE), draw_over_time(make_series(12), ["a", "b", "c"], frame=IN_PAGE)]
    for picture in drawn:
        root = fromstring(picture)
        assert [each.get("href") for each in root.findall(f"{SVG}a")] == [f"/themes/th-{row}" for row in range(12)]
        assert root.get("role") == "group"  # what stands in an image is not read out
        assert "style" not in picture
    ids = [each for picture in drawn for each in re.findall(r'aria-labelledby="([\w-]+) ', picture)]
    assert len(set(ids)) == 2


def test_in_a_page_a_theme_has_few_dots_that_say_nothing():
    group = fromstring(draw_map(make_themes(3), IN_PAGE)).find(f"{SVG}a/{SVG}g")
    assert len(group.findall(f"{SVG}circle")) == 7
    assert len(draw_map(make_themes(60), IN_PAGE)) < 60_000
