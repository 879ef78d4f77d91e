"""Words of the text: marked, made longer or shorter, called otherwise and left out, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from pipeline.records import Entity
from tests.browser.words import drag_over

pytestmark = pytest.mark.slow


@pytest.fixture
def entities(read):
    """Call for the entities of an article as they stand: name → words it stands on."""

    def find(name):
        found = {}
        for each in read(name):
            if isinstance(each.record, Entity) and not (each.standing and each.standing.review == "reject"):
                fields = each.standing.fields if each.standing else {}
                places = fields.get("mentions") or [span.model_dump() for span in each.record.mentions]
                found[fields.get("canonical", each.record.canonical)] = (
                    str(fields.get("type", each.record.type)),
                    [place["text"] for place in places],
                )
        return found

    return find


def test_a_span_is_made_resized_relabelled_and_deleted_with_the_mouse(visit, seeded, entities):
    page = visit(f"/articles/{seeded.ids['marks']}")
    drag_over(page, "Eastmark")
    page.locator("[data-tool=entity]").click()
    expect(page.get_by_role("heading", name="Add an entity")).to_be_visible()
    page.get_by_label("Type").select_option("STATE")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Added “Eastmark”")
    assert entities("marks")["Eastmark"] == ("STATE", ["Eastmark"])
    card = page.locator(".card", has=page.get_by_role("heading", name="Port Marks"))
    number = card.get_attribute("data-n")
    page.locator(f"#text .m.e[data-r~='{number}']").first.click()
    expect(card).to_be_focused()
    drag_over(page, "in Port Marks")
    page.locator("[data-tool=resize]").click()
    expect(page.locator("#said")).to_contain_text("It is “in Port Marks” now")
    assert entities("marks")["Port Marks"] == ("ORG", ["in Port Marks"])
    card = page.locator(".card", has=page.get_by_role("heading", name="Port Marks"))
    card.get_by_role("link", name="Change Type").click()
    card.get_by_label("Type").select_option("FACILITY" if _has(card, "FACILITY") else "PERSON")
    card.get_by_role("button", name="Save").click()
    expect(card.locator(".value", has_text="Type").locator(".tag.good")).to_have_text("corrected")
    assert entities("marks")["Port Marks"][0] in {"FACILITY", "PERSON"}
    drag_over(page, "fleet")
    page.locator("[data-tool=add]").click()
    expect(page.locator("#said")).to_contain_text("“fleet” is marked")
    assert entities("marks")["Port Marks"][1] == ["in Port Marks", "fleet"]
    card.get_by_role("link", name="Change the places").click()
    card.get_by_label("Which place").select_option(index=1)
    card.get_by_role("button", name="Not this place").click()
    expect(page.locator("#said")).to_contain_text("It is marked no more")
    assert entities("marks")["Port Marks"][1] == ["in Port Marks"]
    card.get_by_role("button", name="Reject").click()
    expect(card.locator(".state")).to_contain_text("rejected")
    assert "Port Marks" not in entities("marks")


def _has(card, option):
    return card.locator(f".changing option[value='{option}']").count() > 0


def test_a_span_is_made_and_resized_by_keyboard(visit, seeded, entities):
    page = visit(f"/articles/{seeded.ids['steps']}")
    page.keyboard.press("m")
    expect(page.locator("#tools")).to_be_visible()
    for _ in range(40):
        if "Eastmark" in page.locator("#tools .chosen").inner_text():
            break
        page.keyboard.press("ArrowLeft")  # the record's own words come later in the sentence
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#tools .chosen")).to_have_text("“Eastmark”")
    page.keyboard.press("1")
    expect(page.get_by_role("heading", name="Add an entity")).to_be_visible()
    page.get_by_label("Name").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Added “Eastmark”")
    assert entities("steps")["Eastmark"][1] == ["Eastmark"]
    page.keyboard.press("m")  # begins at the words of the record that is open
    expect(page.locator("#tools .chosen")).to_have_text("“Eastmark”")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("5")
    expect(page.locator("#said")).to_contain_text("It is “Eastmark signed” now")
    assert entities("steps")["Eastmark"][1] == ["Eastmark signed"]
    page.keyboard.press("z")
    expect(page.locator("#said")).to_contain_text("Took back")
    assert entities("steps")["Eastmark"][1] == ["Eastmark"]
    page.keyboard.press("z")
    expect(page.locator(".card", has=page.get_by_role("heading", name="Eastmark"))).to_have_count(0)
    assert "Eastmark" not in entities("steps")


def test_an_agreement_that_was_missed_is_added_from_written_words(visit, seeded, read):
    page = visit(f"/articles/{seeded.ids['values']}")
    page.locator(".missed summary").click()
    page.get_by_label("Words, as they stand in the text").fill("the Values fleet")
    page.get_by_label("What they are").select_option("agreement")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Kind").select_option("treaty")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Added “the Values fleet”")
    assert "the Values fleet" in {getattr(each.record, "label", None) for each in read("values")}
    expect(page.locator(".card", has=page.get_by_text("added by hand"))).to_have_count(1)
