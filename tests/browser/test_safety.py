"""Articles that mean harm, and people who may not."""

import pytest
from playwright.sync_api import expect

from tests.browser.seed import HOSTILE

pytestmark = pytest.mark.slow


def test_an_article_full_of_scripts_is_text_and_runs_nothing(visit, seeded, read):
    page = visit(f"/articles/{seeded.ids['hostile']}")
    shown = page.locator("#text").evaluate("(text) => text.textContent")
    for words in HOSTILE.split("\n\n")[:2]:
        assert words in shown
    assert page.locator("#text :is(script, img, svg, b, h1, iframe)").count() == 0
    assert page.locator("a[href^='javascript:' i]").count() == 0
    for card in page.locator(".records .card").all():
        card.locator(".more").click()
        expect(card.locator(".details")).to_be_visible()
    ids = [each.record.id for each in read("hostile")]
    others = (
        "/queue",
        "/register",
        "/claims",
        "/entities",
        "/search?text=window.broken",
        "/brief?since=2025-01-01",
        "/history",
    )
    for address in (f"/articles/{seeded.ids['hostile']}?record={ids[0]}&change=parties", *others):
        page.goto(address)
        assert page.evaluate("typeof window.broken") == "undefined", address
        assert page.locator("main :is(script, img)").count() == 0, address


def test_five_megabytes_of_one_line_are_pages_of_text(visit, seeded):
    page = visit(f"/articles/{seeded.ids['hostile']}?page=2")
    expect(page.locator("#text")).to_contain_text("<b>x</b> <b>x</b>")
    assert page.locator("#text b").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("#text")).to_contain_text("<b>x</b> <b>x</b>")


def test_a_reader_reads_and_decides_nothing(visit, seeded):
    page = visit(f"/articles/{seeded.ids['spring']}", who="cleo")
    expect(page.locator(".card").first).to_be_visible()
    assert page.get_by_role("button", name="Accept").count() == 0
    page.keyboard.press("a")
    page.goto(f"/register/{seeded.ids['row']}")
    assert page.get_by_role("button", name="Accept").count() == 0
    answer = page.goto("/people")
    assert answer.status == 403


def test_who_is_not_signed_in_is_asked_to_and_comes_back_to_where_they_were(visit, seeded):
    page = visit("/claims?speaker=Mara+Lind", who=None)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("Name").fill("ben")
    page.get_by_label("Password").fill("not the right one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.context.cookies() == []
    assert "ben" in page.get_by_label("Name").input_value()


def test_a_form_of_another_site_is_refused(visit, served):
    page = visit(
        f"data:text/html,<form method=post action={served.url}/look><button name=look value=dark>Win</button></form>"
    )
    with page.expect_navigation() as waited:
        page.get_by_role("button", name="Win").click()
    assert waited.value.status == 403
    assert [each["name"] for each in page.context.cookies()] == ["session"]
