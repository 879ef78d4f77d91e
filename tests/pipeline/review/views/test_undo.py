import json
from urllib.parse import unquote

import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.reading import load_reading

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def records(save, store):
    """The agreements of two articles."""
    found = []
    for number in (1, 2):
        article, _ = save(f"https://a.example/{number}", text=f"Norland signed the Kestrel Treaty, a {number}.")
        found += [
            each.record.id for each in load_reading(store, article.id).records if each.record.id.startswith("ag-")
        ]
    return found


@pytest.fixture
def accept(client):
    return lambda record_id, action="accept": client.post("/decide", data={"record_id": record_id, "action": action})


def reviews(store, records):
    articles = {each.article_id for each in load_decisions(store) if each.article_id}
    found = {each.record.id: each for article in articles for each in load_reading(store, article).records}
    return [found[each].standing and found[each].standing.review for each in records]


def test_steps_go_back_and_forward_across_articles(client, store, records, accept):
    for record_id in records:
        accept(record_id)
    assert client.post("/undo", data={"next": "/articles/x"}).headers["location"] == "/articles/x"
    assert reviews(store, records) == ["accept", None]
    client.post("/undo")
    assert reviews(store, records) == [None, None]
    client.post("/redo")
    client.post("/redo")
    assert reviews(store, records) == ["accept", "accept"]


def test_htmx_is_told_which_records_were_touched(client, records, accept):
    accept(records[0])
    answer = client.post("/undo", headers=PARTIAL)
    touched = json.loads(answer.headers["HX-Trigger"])["entente:touched"]
    assert touched == {"ids": [records[0]], "isMoved": False, "said": "Took back what was decided."}
    assert unquote(answer.headers["X-Said"]) == "Took back what was decided."
    assert 'id="steps"' in answer.text
    again = client.post("/undo", headers=PARTIAL)
    assert "HX-Trigger" not in again.headers
    assert unquote(again.headers["X-Said"]) == "There is nothing to undo."


def test_the_bar_says_what_can_be_done(client, records, accept):
    assert client.get("/steps").text.count("disabled") == 2
    accept(records[0])
    assert client.get("/steps").text.count("disabled") == 1


def test_the_history_shows_all_and_takes_back_any(client, store, records, accept):
    accept(records[0])
    decide(store, NewDecision(who="ben", record_id=records[1], action="correct", field="status", value="in_force"))
    page = client.get("/history").text
    assert "corrected status: signed → in_force" in page
    assert page.index("ben") < page.index(">accepted<")
    assert "ben" not in client.get("/history?who=ana").text.partition("<tbody>")[2]
    first = load_decisions(store)[0]
    assert client.post(f"/history/{first.number}/undo").headers["location"] == "/history"
    assert "taken back" in client.get("/history").text
    assert client.post(f"/history/{first.number}/undo").status_code == 422
    assert client.post("/history/999/undo").status_code == 404


def test_a_long_history_has_pages(client, store, records):
    for number in range(55):
        action = "accept" if number % 2 else "unsure"
        decide(store, NewDecision(who="ana", record_id=records[0], action=action))
    page = client.get("/history").text
    assert page.count("<tr>") == 51
    following = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(following).text.count("<tr>") == 6
