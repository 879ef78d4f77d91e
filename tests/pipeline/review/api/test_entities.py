def test_entities_by_the_page_and_one_of_them(reading):
    found = reading.get("/api/v1/entities").json()["items"]
    first = reading.get("/api/v1/entities", params={"limit": 1}).json()
    second = reading.get("/api/v1/entities", params={"limit": 1, "after": first["next"]}).json()
    assert [each["id"] for each in (*first["items"], *second["items"])] == [each["id"] for each in found[:2]]
    (norland,) = reading.get("/api/v1/entities", params={"text": "norl"}).json()["items"]
    page = reading.get(f"/api/v1/entities/{norland['id']}").json()
    assert page["actor"]["canonical"] == "Norland"
    assert page["party_to"][0]["label"] == "Arden Treaty"


def test_who_is_not_there(reading):
    assert reading.get("/api/v1/entities/ac-none-of-that").status_code == 404
