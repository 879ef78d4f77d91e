import pytest

from pipeline.store.audit import NewAct, note


@pytest.fixture
def noted(store):
    """Sixty acts of two people."""
    for number in range(60):
        note(store, NewAct(who="ana" if number % 2 else "ben", what="export", subject=f"file-{number}.csv"))


def test_administrators_read_the_audit_by_the_page(client, noted):
    first = client.get("/audit").text
    assert "file-59.csv" in first
    assert "file-9.csv" not in first
    before = first.split('href="/audit?before=')[1].split('"')[0]
    assert "file-9.csv" in client.get(f"/audit?before={before}").text


def test_one_may_ask_for_one_person(client, noted):
    page = client.get("/audit", params={"who": "ana"}).text
    assert "file-59.csv" in page
    assert "file-58.csv" not in page
    assert "Nothing like that was noted." in client.get("/audit", params={"what": "flying"}).text


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_nobody_else_reads_it(client, sign_in_as, role):
    sign_in_as(role)
    assert client.get("/audit").status_code == 403


@pytest.mark.parametrize("before", ["-5", str(10**30), "0"])
def test_no_number_is_too_large_or_too_small(client, noted, before):
    assert client.get("/audit", params={"before": before}).status_code == 200
