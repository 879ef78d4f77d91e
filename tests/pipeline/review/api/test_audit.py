import pytest

from pipeline.store.audit import NewAct, note


def test_acts_come_by_the_page(client, store):
    for number in range(3):
        note(store, NewAct(who="ana", what="export", subject=f"{number}.csv"))
    first = client.get("/api/v1/audit", params={"limit": 2}).json()
    rest = client.get("/api/v1/audit", params={"after": first["next"]}).json()
    assert [act["subject"] for act in (*first["items"], *rest["items"])] == ["2.csv", "1.csv", "0.csv"]
    assert client.get("/api/v1/audit", params={"who": "ben"}).json()["items"] == []


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_it_is_for_administrators(client, sign_in_as, role):
    sign_in_as(role)
    assert client.get("/api/v1/audit").status_code == 403
