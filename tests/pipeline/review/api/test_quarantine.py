import pytest

from pipeline.store.quarantine import NewFailure, load_due, save_failure


def test_what_failed_is_listed_and_shown(reading, filled):
    assert [each["id"] for each in reading.get("/api/v1/quarantine").json()["items"]] == [filled.ids["failure"]]
    assert reading.get(f"/api/v1/quarantine/{filled.ids['failure']}").json()["size"] == 2


def test_retry_makes_it_due_and_dismiss_takes_it_off_the_list(client, store):
    failure_id = save_failure(store, NewFailure(address="/a.bin", stage="read", reason="binary"))
    assert client.post(f"/api/v1/quarantine/{failure_id}/retry").json()["next_try"] is not None
    assert [each.id for each in load_due(store)] == [failure_id]
    assert client.post(f"/api/v1/quarantine/{failure_id}/dismiss").status_code == 200
    assert client.get("/api/v1/quarantine").json()["items"] == []
    assert client.post(f"/api/v1/quarantine/{failure_id}/retry").status_code == 404


@pytest.mark.parametrize("what", ["retry", "dismiss"])
def test_a_reader_may_only_read(client, sign_in_as, what):
    sign_in_as("reader")
    assert client.post(f"/api/v1/quarantine/qu-0000/{what}").status_code == 403
