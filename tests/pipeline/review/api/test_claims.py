def test_claims_by_the_page_and_by_speaker(reading):
    found = reading.get("/api/v1/claims").json()["items"]
    assert len(found) > 1
    first = reading.get("/api/v1/claims", params={"limit": 1}).json()
    rest = reading.get("/api/v1/claims", params={"after": first["next"]}).json()
    assert [each["id"] for each in (*first["items"], *rest["items"])] == [each["id"] for each in found]
    (said,) = reading.get("/api/v1/claims", params={"speaker": "jon berg"}).json()["items"]
    assert said["content"] == "We will never leave the coast to anybody else again"
