import pytest


@pytest.mark.parametrize("kind", ["article", "agreement", "claim", "entity", "theme"])
def test_any_record_is_found_by_its_id_alone(reading, filled, kind):
    found = reading.get(f"/api/v1/records/{filled.ids[kind]}").json()
    assert (found["id"], found["kind"]) == (filled.ids[kind], kind)
    assert "text" not in found["articles"][0]


@pytest.mark.parametrize(("record_id", "status"), [("cl-0000000", 404), ("zz-0000000", 404), ("cl-", 422)])
def test_what_is_not_there(reading, record_id, status):
    assert reading.get(f"/api/v1/records/{record_id}").status_code == status
