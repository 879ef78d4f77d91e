def test_runs_and_one_of_them_and_what_it_changed(reading, filled):
    assert [each["id"] for each in reading.get("/api/v1/runs").json()["items"]] == [filled.ids["run"]]
    run = reading.get(f"/api/v1/runs/{filled.ids['run'][:9]}").json()
    assert (run["state"], run["counts"]) == ("completed", {"new": 2})
    assert reading.get(f"/api/v1/runs/{filled.ids['run']}/difference").json()["articles"] == 0


def test_a_run_that_is_not_there(reading):
    assert reading.get("/api/v1/runs/rn-none-of-that").status_code == 404
    assert reading.get("/api/v1/runs?after=rn-none-of-that").status_code == 404
