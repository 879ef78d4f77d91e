from datetime import UTC, datetime, timedelta

import pytest

LOOK = "/api/v1/changes/last-look"


def test_what_changed_since_a_moment_and_as_a_brief(reading, filled):
    since = {"since": filled.between.isoformat()}
    changes = reading.get("/api/v1/changes", params=since).json()
    assert [each["after"] for each in changes["status_changes"]] == ["suspended"]
    assert changes["new_articles"] == 1
    brief = reading.get("/api/v1/brief", params=since).json()
    assert brief["articles"] == 1


def test_each_visitor_has_a_look_of_their_own(client, save, sign_in_as):
    save()
    sign_in_as("reader", "ana")
    assert client.get(LOOK).json() is None
    assert client.get("/api/v1/changes").json()["new_articles"] == 1
    at = datetime.now(UTC).isoformat()
    assert client.put(LOOK, json={"at": at}).status_code == 200
    assert client.get("/api/v1/changes").json()["new_articles"] == 0
    sign_in_as("reader", "ben")
    assert client.get("/api/v1/changes").json()["new_articles"] == 1


@pytest.mark.parametrize("at", [(datetime.now(UTC) + timedelta(days=400)).isoformat(), "2025-07-17T06:00:00", "then"])
def test_what_is_to_come_or_has_no_time_zone_cannot_have_been_seen(client, at):
    assert client.put(LOOK, json={"at": at}).status_code == 422
