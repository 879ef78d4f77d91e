"""Every page in light and dark: accessible, small, within the policy, whole on a phone."""

import gzip
from importlib.resources import files

import pytest

from pipeline.review.views import ROUTERS
from tests.browser.axe import find_violations
from tests.browser.pages import APART, NO_PAGES, PAGES

pytestmark = pytest.mark.slow

_WIDE, _PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}  # 320: WCAG's reflow
_MOST = 100 * 1024  # bytes of HTML
_ALL = [("ana", addresses) for addresses in PAGES.values()] + [(who, (address,)) for who, address in APART]


def test_every_route_that_is_a_page_stands_in_the_table():
    routes = {route.name for router in ROUTERS for route in router.routes if "GET" in route.methods}
    assert routes == PAGES.keys() | NO_PAGES
    assert not PAGES.keys() & NO_PAGES


@pytest.mark.parametrize(("who", "addresses"), _ALL, ids=[*PAGES, *(f"{who}-{address}" for who, address in APART)])
def test_a_page_is_accessible_small_and_fits_a_phone(visit, seeded, who, addresses):
    page, wrong = visit("about:blank", who=who), {}
    for address in addresses:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(_WIDE)
        answer = page.goto(address.format(**seeded.ids))
        found = find_violations(page)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(_PHONE)
        found += find_violations(page, is_seen_before=True)
        width, size = page.evaluate("document.documentElement.scrollWidth"), len(answer.body())
        if found or width > _PHONE["width"] or size > _MOST:
            wrong[address] = (found, width, size)
    assert wrong == {}


def test_all_scripts_together_are_small():
    scripts = [each for each in files("pipeline.review").joinpath("static").iterdir() if each.name.endswith(".js")]
    assert len(scripts) >= 5
    assert sum(len(gzip.compress(each.read_bytes())) for each in scripts) <= 60 * 1024
