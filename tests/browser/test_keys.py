"""Deciding by keys alone."""

from collections import Counter

import pytest
from playwright.sync_api import expect

from pipeline.store.decisions import load_decisions
from pipeline.store.filters import DecisionFilter
from tests.browser.seed import RECORDS

pytestmark = pytest.mark.slow


def test_a_whole_article_is_reviewed_with_the_keyboard_alone(visit, seeded, reviews):
    """From the address to the last of its records: tab, enter and a key for each."""
    page = visit(f"/articles/{seeded.ids['forty']}")
    expect(page.locator("#progress")).to_contain_text(f"0 of {RECORDS}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for at in range(RECORDS):
        page.keyboard.press("aru"[at % 3])
    expect(page.locator("[data-decided]")).to_have_text(str(RECORDS))
    assert Counter(reviews("forty")) == {"accept": 14, "reject": 13, "unsure": 13}
    ids = [card.get_attribute("data-id") for card in page.locator(".records .card").all()]
    made = [each for each in load_decisions(seeded.store) if each.record_id in ids]
    assert (len(made), {each.who for each in made}) == (RECORDS, {"ana"})
    assert [str(made_of(made, each).action) for each in ids[:4]] == ["accept", "reject", "unsure", "accept"]


def made_of(made, record_id):
    (found,) = [each for each in made if each.record_id == record_id]
    return found


def test_keys_are_shown_and_switched_off(visit, seeded, reviews):
    page = visit(f"/articles/{seeded.ids['keys']}")
    page.keyboard.press("?")
    expect(page.locator("#keys table")).to_be_visible()
    page.keyboard.press("Tab")
    switch = page.locator("#keys [data-keys]")
    expect(switch).to_be_focused()
    page.keyboard.press("Enter")
    expect(switch).to_have_text("Keys are off: switch them on")
    page.keyboard.press("Escape")
    expect(page.locator("#keys table")).to_be_hidden()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")  # they stay off
    expect(page.locator("[data-decided]")).to_have_text("0")
    page.locator("#keys summary").click()
    switch.click()
    page.locator("#keys summary").click()
    page.keyboard.press("a")
    expect(page.locator("[data-decided]")).to_have_text("1")
    assert reviews("keys") == ["accept"]


def test_one_moves_opens_corrects_notes_and_leaves_by_keys(visit, seeded, read):
    page = visit(f"/articles/{seeded.ids['keys']}")
    page.keyboard.press("j")
    page.keyboard.press("k")
    card = page.locator(".records .card").first
    expect(card).to_be_focused()
    record_id = card.get_attribute("data-id")
    page.keyboard.press("c")  # opens it for the note
    expect(card.get_by_label("Note")).to_be_focused()
    page.keyboard.type("Seen at a second place, too.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card.locator(".details")).to_contain_text("Seen at a second place, too.")
    made = load_decisions(seeded.store, DecisionFilter(record_id=record_id))
    assert [each.after for each in made if str(each.action) == "note"] == ["Seen at a second place, too."]
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    field = card.locator(".changing :is(input:not([type=hidden]), select)").first
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    expect(card.locator(".details")).to_have_count(0)
    page.keyboard.press("t")
    expect(page.locator("#text .m:focus")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#text .m:focus")).to_have_count(1)
    page.keyboard.press("1")
    expect(page.locator("#text.no-entity")).to_have_count(1)


def test_pointing_at_one_side_lights_the_other(visit, seeded):
    page = visit(f"/articles/{seeded.ids['keys']}")
    mark = page.locator("#text .m").last
    number = mark.get_attribute("data-r").split()[0]
    mark.hover()
    expect(page.locator(f"#r{number}.on")).to_have_count(1)
    page.locator(".records .card").first.hover()
    expect(page.locator("#text .m.on").first).to_be_visible()
