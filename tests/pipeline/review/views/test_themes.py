import re

import pytest
from lxml.html import fromstring


def test_the_list_leads_to_each_theme(reading, filled):
    page = fromstring(reading.get("/themes").text)
    (link,) = page.xpath("//table//a")
    assert (link.get("href"), link.text) == (f"/themes/{filled.ids['theme']}", "ships, coast")


def test_a_theme_has_its_terms_exemplars_and_articles(reading, filled):
    page = reading.get(f"/themes/{filled.ids['theme']}").text
    assert "ships, coast" in page
    assert "The three run a joint headquarters" in page


def test_a_reviewer_renames_a_theme_and_a_reader_has_no_form(client, theme, sign_in_as):
    sign_in_as("reviewer")
    assert client.post(f"/themes/{theme}/name", data={"name": " At sea "}).headers["location"] == f"/themes/{theme}"
    page = client.get(f"/themes/{theme}").text
    assert "<h1>At sea</h1>" in page
    assert f'action="/themes/{theme}/name"' in page
    sign_in_as("reader")
    assert "/name" not in client.get(f"/themes/{theme}").text
    assert client.post(f"/themes/{theme}/name", data={"name": "Mine"}).status_code == 403


@pytest.mark.parametrize("name", ["", "  "])
def test_a_theme_is_called_something(client, theme, name):
    assert client.post(f"/themes/{theme}/name", data={"name": name}).status_code == 422


@pytest.mark.parametrize("address", ["/themes/map", "/themes/over-time", "/themes/over-time?by=month&periods=6"])
def test_pictures_stand_in_the_page_without_a_style_and_with_a_table(reading, address):
    page = reading.get(address)
    assert page.status_code == 200
    assert "<style" not in page.text
    assert ' style="' not in page.text
    assert len(page.content) < 100_000


@pytest.mark.parametrize("address", ["/themes/map.svg", "/themes/over-time.svg"])
def test_pictures_as_files_stand_alone(reading, address):
    answer = reading.get(address)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert re.match(r'attachment; filename="themes-[\w-]+\.svg"', answer.headers["content-disposition"])
    assert "<style>" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/themes/over-time?by=year", 422),
        ("/themes/over-time?periods=1", 422),
        ("/themes/th-none-of-that", 404),
        ("/themes?page=-3", 200),
    ],
)
def test_what_cannot_be(reading, address, status):
    assert reading.get(address).status_code == status
