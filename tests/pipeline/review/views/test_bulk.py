import re
from html import unescape

import pytest
from starlette.datastructures import FormData

from pipeline.decisions import NewDecision
from pipeline.errors import InputError
from pipeline.review.views.bulk import read_seen
from pipeline.store.decisions import decide, load_decisions


@pytest.fixture
def page(client, save, make):
    """What a page of twelve agreements sends with its form."""
    save(agreements=lambda article: tuple(make.agreement(article, f"Deal {number}") for number in range(12)))
    return re.findall(r'name="seen" value="(ag-[^"]+)"', client.get("/queue?kind=agreement").text)


def confirm(client, seen, action="reject"):
    shown = client.post("/bulk", data={"action": action, "seen": seen, "query": "queue=doubtful&kind=agreement"})
    assert shown.status_code == 200
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', unescape(shown.text))
    data = {name: value for name, value in fields if name != "seen"} | {"seen": [v for n, v in fields if n == "seen"]}
    return shown.text, {name: value for name, value in data.items() if name != "next"}


def test_what_the_page_shows_is_counted_confirmed_decided_and_undone_as_a_whole(client, store, page):
    text, data = confirm(client, page)
    assert "Reject 12 at once?" in text
    assert load_decisions(store) == []
    answer = client.post("/bulk/decide", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue?queue=doubtful&kind=agreement")
    made = load_decisions(store)
    assert {each.record_id for each in made} == {each.partition(":")[0] for each in page}
    assert len({each.batch for each in made}) == 1
    assert client.post("/undo", data={"next": "/queue"}).status_code == 303
    assert [each.action for each in load_decisions(store)].count("undo") == 12


def test_what_somebody_decided_between_is_left_and_said(client, store, page):
    _, data = confirm(client, page, "accept")
    decide(store, NewDecision(who="ben", record_id=page[0].partition(":")[0], action="reject"))
    answer = client.post("/bulk/decide", data=data)
    assert "1%20left%20as%20they%20are" in answer.headers["set-cookie"]
    assert len(load_decisions(store)) == 12


@pytest.mark.parametrize(
    "change", [{"count": "11"}, {"count": ""}, {"seen": []}, {"action": "correct"}, {"seen": ["ag-1"]}]
)
def test_what_was_not_confirmed_is_not_done(client, store, page, change):
    _, data = confirm(client, page)
    assert client.post("/bulk/decide", data=data | change).status_code == 422
    assert load_decisions(store) == []


def test_who_may_only_read_may_not(client, page, sign_in_as):
    sign_in_as("reader")
    assert client.post("/bulk", data={"action": "accept", "seen": page}).status_code == 403
    assert client.post("/bulk/decide", data={"action": "accept", "seen": page}).status_code == 403


@pytest.mark.parametrize(
    "seen", [["ag-1:x"], ["ag-1:"], [":1"], ["ag-1:-1"], [f"ag-{number}:0" for number in range(101)]]
)
def test_only_ids_with_numbers_are_read(seen):
    with pytest.raises(InputError):
        read_seen(FormData([("seen", each) for each in seen]))
