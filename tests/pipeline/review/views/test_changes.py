import re
from datetime import UTC, datetime, timedelta

import pytest


def test_what_is_marked_as_seen_is_new_no_more_until_one_steps_back(client, save):
    save()
    page = client.get("/changes").text
    assert "you have marked nothing as seen yet" in page
    assert "Kestrel Treaty" in page
    until = re.search(r'name="until" value="([^"]+)"', page)[1]
    save("https://a.example/2", text="Norland and Sudland signed the Heron Treaty.", name="Heron Treaty")
    assert client.post("/changes/seen", data={"until": until}).headers["location"] == "/changes"
    page = client.get("/changes").text
    assert "Kestrel Treaty" not in page
    assert "Heron Treaty" in page  # it came in while the page was read
    client.post("/changes/seen", data={"until": datetime.now(UTC).isoformat()})
    assert "Nothing is new since then." in client.get("/changes").text
    client.post("/changes/unseen")
    assert "Heron Treaty" in client.get("/changes").text


def test_a_change_of_status_says_from_what_to_what_and_quotes(reading, filled):
    page = reading.get("/changes", params={"since": filled.between.isoformat()}).text
    assert re.search(r"signed.*→.*<strong>suspended</strong>", page)
    assert "Westland (" in page
    assert "Figures that differ" in page


@pytest.mark.parametrize("until", ["", "never", (datetime.now(UTC) + timedelta(days=400)).isoformat()])
def test_what_is_to_come_cannot_have_been_seen(client, until):
    assert client.post("/changes/seen", data={"until": until}).status_code == 422
