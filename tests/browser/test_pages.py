"""Every page in light and dark: accessible, small, within the policy, whole on a phone."""

import gzip
from importlib.resources import files

import pytest

from pipeline.review.views import ROUTERS
from tests.browser.axe import find_violations
from tests.browser.pages import APART, NO_PAGES, PAGES

pytestmark = pytest.mark.slow

_WIDE, _PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}  # 320: WCAG's reflow
_ALL = [("ana", address) for addresses in PAGES.values() for address in addresses]


def test_every_route_that_is_a_page_stands_in_the_table():
    routes = {route.name for router in ROUTERS for route in router.routes if "GET" in route.methods}
    assert routes == PAGES.keys() | NO_PAGES
    assert not PAGES.keys() & NO_PAGES


@pytest.mark.parametrize(("who", "address"), [*_ALL, *APART], ids=lambda part: str(part).strip("/") or "index")
def test_a_page_is_accessible_small_and_fits_a_phone(visit, seeded, who, address):
    page = visit("about:blank", who=who, color_scheme="light", viewport=_WIDE)
    answer = page.goto(address.format(**seeded.ids))
    assert len(answer.body()) <= 100 * 1024
    assert find_violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(_PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= _PHONE["width"]
    assert find_violations(page) == []


def test_all_scripts_together_are_small():
    scripts = [each for each in files("pipeline.review").joinpath("static").iterdir() if each.name.endswith(".js")]
    assert len(scripts) >= 5
    assert sum(len(gzip.compress(each.read_bytes())) for each in scripts) <= 60 * 1024
