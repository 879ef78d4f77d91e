"""Deciding in ways of all sorts: corrections, undo over pages, the same everywhere, two at once, without scripts, killed."""

import re

import pytest
from playwright.sync_api import expect

from pipeline.records import Agreement
from pipeline.store.decisions import load_decisions
from pipeline.store.filters import DecisionFilter

pytestmark = pytest.mark.slow


def card_of(page, words):
    return page.locator(".card", has=page.get_by_role("heading", name=re.compile(f"{words}$")))


def test_a_field_is_corrected_and_says_what_was_found(visit, seeded, read):
    page = visit(f"/articles/{seeded.ids['values']}")
    card = card_of(page, "Values Accord")
    card.get_by_role("link", name="Details").click()
    card.get_by_role("link", name="Change Status").click()
    card.get_by_label("Status").select_option("in_force")
    card.get_by_role("button", name="Save").click()
    status = card.locator(".value", has=page.locator("dt", has_text="Status"))
    expect(status).to_contain_text("in force")
    expect(status).to_contain_text("found: signed")
    (changed,) = [
        each for each in read("values") if isinstance(each.record, Agreement) and each.record.label == "Values Accord"
    ]
    assert changed.standing.fields == {"status": "in_force"}


def test_undo_and_redo_outlive_a_reload_and_work_from_another_article(visit, seeded, reviews):
    page = visit(f"/articles/{seeded.ids['undone']}", who="ben")
    page.keyboard.press("r")
    expect(page.locator("[data-decided]")).to_have_text("1")
    page.reload()
    page.keyboard.press("z")
    expect(page.locator("[data-decided]")).to_have_text("0")
    assert reviews("undone") == []
    page.goto(f"/articles/{seeded.ids['forty']}")
    page.keyboard.press("Z")
    expect(page.locator("#said")).to_contain_text("Made again")
    assert reviews("undone") == ["reject"]
    page.keyboard.press("z")
    expect(page.locator("#said")).to_contain_text("Took back")
    assert reviews("undone") == []


def test_the_same_is_decided_everywhere_after_a_count_and_undone_at_once(visit, seeded, reviews):
    page = visit(f"/articles/{seeded.ids['same-0']}")
    page.keyboard.press("a")
    expect(page.locator("[data-decided]")).to_have_text("1")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="The same everywhere")).to_be_visible()
    expect(page.locator("main")).to_contain_text("2 others in all articles")
    page.get_by_role("button", name="Decide the same of 2").click()
    expect(page.locator("#said")).to_contain_text("Decided on 2 more")
    assert [reviews(f"same-{at}") for at in range(3)] == [["accept"]] * 3
    page.keyboard.press("z")
    expect(page.locator("#said")).to_contain_text("Took back 2 decisions")
    assert [reviews(f"same-{at}") for at in range(3)] == [["accept"], [], []]


def test_of_two_who_decide_at_once_both_are_kept_and_the_second_is_told(visit, seeded):
    address = f"/articles/{seeded.ids['two']}"
    first, second = visit(address, who="ana"), visit(address, who="ben")
    words = "Port Two"
    record_id = card_of(first, words).get_attribute("data-id")
    card_of(first, words).get_by_role("button", name="Accept").click()
    expect(card_of(first, words).locator(".state")).to_contain_text("accepted")
    card_of(second, words).get_by_role("button", name="Reject").click()
    expect(card_of(second, words).locator(".note")).to_contain_text("ana accepted")
    expect(card_of(second, words).locator(".state")).to_contain_text("rejected")
    made = load_decisions(seeded.store, DecisionFilter(record_id=record_id))
    assert [(each.who, str(each.action)) for each in made] == [("ana", "accept"), ("ben", "reject")]


def test_all_of_it_works_without_scripts(visit, seeded, reviews):
    page = visit(f"/articles/{seeded.ids['plain']}", java_script_enabled=False)
    page.locator(".card").first.get_by_role("button", name="Accept").click()
    expect(page.locator("#progress")).to_contain_text("1 of 5")
    expect(page.locator("#said")).to_contain_text("Accepted")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#progress")).to_contain_text("0 of 5")
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("#progress")).to_contain_text("1 of 5")
    card = card_of(page, "Plain Accord")
    card.get_by_role("link", name="Details").click()
    card.get_by_role("link", name="Change Status").click()
    card.get_by_label("Status").select_option("in_force")
    card.get_by_role("button", name="Save").click()
    expect(card.locator(".details")).to_contain_text("found: signed")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    page.goto("/queue?publisher=Plain+Daily")
    page.locator(".item").first.get_by_role("button", name="Unsure").click()
    expect(page.locator("#said")).to_contain_text("Unsure")
    assert sorted(reviews("plain")) == ["accept", "unsure"]


def test_killed_after_each_decision_the_server_has_lost_none_and_undo_works(visit, seeded, start, reviews):
    address = f"/articles/{seeded.ids['killed']}"
    for count in (1, 2, 3):
        server = start()
        page = visit(address, base_url=server.url)
        expect(page.locator("[data-decided]")).to_have_text(str(count - 1))
        page.keyboard.press("n")
        page.keyboard.press("k") if count == 1 else None
        page.keyboard.press("a")
        expect(page.locator("[data-decided]")).to_have_text(str(count))
        server.kill()
        assert len(reviews("killed")) == count
    page = visit(address, base_url=start().url)
    for left in (2, 1, 0):
        page.keyboard.press("z")
        expect(page.locator("[data-decided]")).to_have_text(str(left))
    assert reviews("killed") == []
