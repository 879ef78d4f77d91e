"""Pictures of the main pages for docs/screenshots, from articles that do not exist: ``make screenshots``.

Not a test: its name keeps it out of ``make test``.
"""

from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
_WIDE, _PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
_PAGES = {
    "article": "/articles/{spring}?record={agreement}#record",
    "queue": "/queue",
    "register": "/register",
    "agreement": "/register/{row}",
    "themes-over-time": "/themes/over-time?by=month",
    "theme-map": "/themes/map",
}
_SHOTS = [
    *((name, "light", _WIDE) for name in _PAGES),
    *((name, "dark", _WIDE) for name in ("article", "agreement")),
    *((name, "light", _PHONE) for name in ("article", "register")),
]


@pytest.mark.parametrize(("name", "look", "size"), _SHOTS, ids=str)
def test_draw(visit, seeded, name, look, size):
    page = visit(_PAGES[name].format(**seeded.ids), color_scheme=look, viewport=size)
    page.evaluate("scrollTo(0, 0)")
    where = f"{name}-{'phone' if size is _PHONE else look}.png"
    page.screenshot(path=_FOLDER / where, animations="disabled")
    assert (_FOLDER / where).stat().st_size < 150_000
