"""Queues, bulk, merging and splitting, and the register with all that one asks of it."""

import csv
import io
import json

import pytest
from playwright.sync_api import expect

from pipeline.jobs.link import link_register
from pipeline.store.register import load_register
from tests.browser.axe import find_violations
from tests.browser.seed import LISTED

pytestmark = pytest.mark.slow

_SEEN = 50  # on one page of a queue


def test_a_queue_is_worked_off_by_keys(visit, seeded, reviews):
    page = visit("/queue?publisher=Marks+Daily&kind=claim")
    expect(page.locator(".item")).to_have_count(2)
    page.keyboard.press("u")
    expect(page.locator(".item").first.locator(".state")).to_contain_text("unsure")
    expect(page.locator("[data-left]")).to_have_text("1")
    page.keyboard.press("k")
    page.keyboard.press("z")
    expect(page.locator("[data-left]")).to_have_text("2")
    page.keyboard.press("?")
    expect(page.locator("#keys table")).to_be_visible()
    page.goto("/queue?queue=disputed")
    expect(page.locator(".item")).to_contain_text(["Arden Treaty"])


def test_bulk_decides_exactly_what_the_page_shows_and_one_undo_takes_it_back(visit, seeded, reviews, read):
    page = visit("/queue?publisher=Harbour+Gazette")
    shown = [each.get_attribute("data-id") for each in page.locator(".item").all()]
    assert len(shown) == _SEEN < LISTED
    page.get_by_role("button", name="Reject all…").click()
    expect(page.get_by_role("heading", name=f"Reject {_SEEN} at once?")).to_be_visible()
    assert find_violations(page) == []
    assert reviews("listed") == []
    page.get_by_role("button", name=f"Reject these {_SEEN}").click()
    expect(page.locator("#said")).to_contain_text(str(_SEEN))
    decided = {each.record.id for each in read("listed") if each.standing and each.standing.review}
    assert decided == set(shown)
    expect(page.locator(".item")).to_have_count(LISTED - _SEEN)
    page.keyboard.press("z")
    expect(page.locator(".item")).to_have_count(_SEEN)
    assert reviews("listed") == []


def test_two_rows_are_merged_after_a_preview_and_taken_apart_by_undo(visit, seeded):
    def labels():
        return sorted(each.label for each in load_register(seeded.store) if each.label in {"Heron Pact", "Egret Pact"})

    page = visit(f"/register/{seeded.ids['heron']}")
    page.get_by_role("link", name="Merge").click()
    page.get_by_label("Words of the one that is the same").fill("egret")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="The same as Egret Pact").click()
    expect(page.get_by_role("heading", name="Now: 2")).to_be_visible()
    expect(page.get_by_role("heading", name="Then: 1")).to_be_visible()
    assert labels() == ["Egret Pact", "Heron Pact"]
    page.get_by_role("button", name="Merge these 2").click()
    expect(page.get_by_role("heading", name="Said in 4 articles")).to_be_visible()
    assert len(labels()) == 1
    page.goto("/history")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_contain_text("Took back")
    link_register(seeded.store)  # what the server does in the background, waited for
    assert labels() == ["Egret Pact", "Heron Pact"]


def test_an_entity_is_split_after_a_preview(visit, seeded):
    page = visit("/entities?text=Sudland")
    page.locator("table a.name", has_text="Sudland").first.click()
    page.get_by_role("link", name="Split").click()
    page.locator("[name=part]").first.check()
    page.get_by_role("button", name="Show what it would look like").click()
    expect(page.get_by_role("heading", name="Then: 2")).to_be_visible()
    page.get_by_role("button", name="Take 1 out").click()
    expect(page.locator("h1")).to_contain_text("Sudland")
    page.goto("/history")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_contain_text("Took back")


def test_the_register_is_filtered_drawn_and_taken_away(visit, seeded, tmp_path):
    page = visit("/register")
    page.get_by_label("Party", exact=True).fill("Westland")
    page.get_by_label("Status", exact=True).select_option("suspended")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    expect(page.locator(".chips li")).to_have_count(3)
    rows = {}
    for name in ("CSV", "JSONL", "Excel", "Parquet", "Web Annotation"):
        with page.expect_download() as waited:
            page.locator(".downloads").first.get_by_role("link", name=name).click()
        path = tmp_path / name
        waited.value.save_as(path)
        rows[name] = path.read_bytes()
    assert [each["label"] for each in csv.DictReader(io.StringIO(rows["CSV"].decode("utf-8-sig")))] == ["Arden Treaty"]
    assert [json.loads(line)["label"] for line in rows["JSONL"].splitlines()] == ["Arden Treaty"]
    assert rows["Parquet"].startswith(b"PAR1")
    assert rows["Excel"].startswith(b"PK")
    assert json.loads(rows["Web Annotation"])
    page.get_by_role("link", name="Time line").click()
    expect(page.locator("svg.drawing a")).to_have_count(1)
    page.locator("svg.drawing a").first.click()
    expect(page.locator("h1")).to_have_text("Arden Treaty")
    expect(page.locator(".citation")).to_contain_text(seeded.ids["row"])
    expect(page.locator("#differences")).to_be_visible()
    page.locator(".quotes a").first.click()
    expect(page.locator(".columns")).to_be_visible()


def test_a_search_is_kept_and_followed_as_a_feed(visit, seeded):
    page = visit("/search")
    page.get_by_label("Words", exact=True).fill("treaty coast")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator(".hit").first).to_be_visible()
    page.get_by_label("Keep this search by a name").fill("Coast treaties")
    page.get_by_role("button", name="Keep").click()
    link = page.get_by_role("link", name="Atom feed of Coast treaties")
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "<entry>" in answer.text()
    page.get_by_role("button", name="Forget Coast treaties").click()
    expect(link).to_have_count(0)


@pytest.mark.parametrize("address", ["/themes/map", "/themes/over-time"])
def test_pictures_of_themes_lead_to_them(visit, seeded, address):
    page = visit(address)
    link = page.locator("figure svg a").first
    target = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    expect(page.get_by_role("heading", name="The same as a table")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()


def test_claims_entities_runs_and_quarantine_lead_on(visit, seeded):
    page = visit("/claims?type=prediction&speaker=Mara+Lind")
    expect(page.locator("main")).to_contain_text("safer for everybody")
    page.goto(f"/entities/{seeded.ids['entity']}")
    expect(page.locator("main")).to_contain_text("Arden Treaty")
    page.goto(f"/runs/{seeded.ids['failed']}")
    expect(page.locator("main")).to_contain_text("failed")
    page.goto(f"/quarantine/{seeded.ids['failure']}")
    expect(page.locator("main")).to_contain_text("/in/<b>.bin is binary")
    page.goto("/changes?since=2025-01-01")
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page.locator("main")).to_contain_text("when you last looked")


def test_light_and_dark_are_chosen_and_kept(visit, seeded):
    page = visit("/register", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert light != dark
    page.goto("/claims")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark
    page.get_by_role("button", name="As the system").click()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == light
