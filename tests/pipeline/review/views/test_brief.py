import pytest


def test_each_line_of_the_brief_quotes_and_leads_on(reading, filled):
    page = reading.get("/brief", params={"since": filled.between.isoformat()})
    assert page.status_code == 200
    assert "Changes of status" in page.text
    assert "Arden Treaty" in page.text
    assert '<a class="name" href="/register/rw-' in page.text
    assert "<mark>" in page.text


def test_a_day_on_which_nothing_came_in_says_so(reading):
    page = reading.get("/brief", params={"since": "2999-01-01"})
    assert "Nothing changed in the register since 1 January 2999." in page.text


@pytest.mark.parametrize("since", ["someday", "2025-02-30"])
def test_what_is_no_day_is_said(reading, since):
    assert reading.get("/brief", params={"since": since}).status_code == 422


def test_what_an_article_says_is_text(client, save):
    evil = "<script>alert(1)</script>"
    save(text=f"Norland and Sudland signed the {evil} Treaty on 17 July 2025. {evil}", name=f"{evil} Treaty")
    page = client.get("/brief").text
    assert evil not in page
    assert "&lt;script&gt;" in page
