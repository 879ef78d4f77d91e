import pytest

API = "/api/v1/register"


def test_rows_come_by_the_page_and_by_conditions(reading):
    everything = reading.get(API).json()
    ids = [row["id"] for row in everything["items"]]
    assert len(ids) > 1
    assert everything["next"] is None
    walked, after = [], ""
    while True:
        page = reading.get(API, params={"limit": 1, **({"after": after} if after else {})}).json()
        walked += [row["id"] for row in page["items"]]
        if (after := page["next"]) is None:
            break
    assert walked == ids
    named = reading.get(API, params={"party": ["Norland", "Sudland"]}).json()["items"]
    assert [row["label"] for row in named] == ["Arden Treaty"]


def test_a_row_has_its_time_line_and_as_it_was_known(reading):
    (row,) = reading.get(API, params={"text": "Arden Treaty"}).json()["items"]
    now = reading.get(f"{API}/{row['id'][:9]}").json()
    assert now["status"] == "suspended"
    assert {each["act"] for each in now["history"]} >= {"signed", "suspended"}
    assert reading.get(f"{API}/{row['id']}", params={"as_of": "2025-04"}).json()["status"] == "signed"


@pytest.mark.parametrize(
    ("address", "status", "where"),
    [
        (f"{API}?limit=0", 422, "query.limit"),
        (f"{API}?status=perhaps", 422, "query.status"),
        (f"{API}?colour=red", 422, "query.colour"),
        (f"{API}?after=rw-none", 404, None),
        (f"{API}/rw-none-of-that", 404, None),
        (f"{API}?publisher=%00", 422, None),
    ],
)
def test_what_cannot_be_is_said_with_its_place(reading, address, status, where):
    answer = reading.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert [each["where"] for each in answer.json()["flaws"]] == ([where] if where else [])
