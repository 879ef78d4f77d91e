import pytest

from pipeline.store.audit import load_acts
from pipeline.store.quarantine import NewFailure, load_due, load_quarantine, save_failure


@pytest.fixture
def failure(store):
    """The id of something that could not be read."""
    reason = "it is binary, says <nobody>"
    return save_failure(store, NewFailure(address="/in/a.bin", stage="read", reason=reason, raw=b"\0<script>"))


def test_what_failed_is_listed_with_its_reason_as_text(client, failure):
    page = client.get("/quarantine").text
    assert "says &lt;nobody&gt;" in page
    assert f'href="/quarantine/{failure}"' in page
    assert "not by itself" in client.get(f"/quarantine/{failure}").text


def test_a_reviewer_has_it_tried_again_or_dismisses_it(client, store, failure, sign_in_as):
    sign_in_as("reviewer")
    assert client.post(f"/quarantine/{failure}/retry").headers["location"] == "/quarantine"
    assert [each.id for each in load_due(store)] == [failure]
    assert load_quarantine(store)[0].times == 1  # the page reads nothing itself
    client.post(f"/quarantine/{failure}/dismiss")
    assert load_quarantine(store) == []
    assert [act.what for act in load_acts(store)][:2] == ["quarantine dismissed", "quarantine retry"]


def test_a_reader_sees_no_buttons(client, failure, sign_in_as):
    sign_in_as("reader")
    assert "/retry" not in client.get("/quarantine").text
    assert client.get(f"/quarantine/{failure}/bytes").status_code == 403


def test_bytes_come_as_a_file_that_no_browser_opens(client, store, failure):
    answer = client.get(f"/quarantine/{failure}/bytes")
    assert answer.content == b"\0<script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    none = save_failure(store, NewFailure(address="/b", stage="fetch", reason="no answer"))
    assert client.get(f"/quarantine/{none}/bytes").status_code == 404


def test_it_comes_by_the_page(client, store):
    for number in range(51):
        save_failure(store, NewFailure(address=f"/in/{number}.txt", stage="read", reason="?"))
    first = client.get("/quarantine").text
    last = load_quarantine(store, limit=50)[-1].id
    assert f"/quarantine?after={last}" in first
    assert "/in/0.txt" in client.get(f"/quarantine?after={last}").text
