import pytest


def test_themes_are_listed_shown_and_counted_over_time(reading, filled):
    assert [each["id"] for each in reading.get("/api/v1/themes").json()["items"]] == [filled.ids["theme"]]
    page = reading.get(f"/api/v1/themes/{filled.ids['theme']}").json()
    assert page["theme"]["terms"] == ["ships", "coast"]
    assert reading.get("/api/v1/themes-over-time", params={"by": "month"}).json()["unit"] == "month"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/themes?after=th-none", 404),
        ("/api/v1/themes/th-none-of-that", 404),
        ("/api/v1/themes-over-time?by=year", 422),
    ],
)
def test_what_cannot_be(reading, address, status):
    assert reading.get(address).status_code == status


def test_a_theme_that_is_renamed_keeps_its_name_by_a_decision(client, theme):
    made = client.put(f"/api/v1/themes/{theme}/name", json={"name": "At sea"}).json()
    assert client.get(f"/api/v1/themes/{theme}").json()["theme"]["label"] == "At sea"
    client.post(f"/api/v1/decisions/{made['decision']['number']}/undo")
    assert client.get(f"/api/v1/themes/{theme}").json()["theme"]["label"] == "ships, coast"
