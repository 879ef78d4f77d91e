import threading
from urllib.parse import unquote

import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.reading import load_reading
from pipeline.store.standing import load_standing

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def article(save):
    return save()[0]


@pytest.fixture
def ids(store, article):
    return {each.record.id[:2]: each.record.id for each in load_reading(store, article.id).records}


@pytest.fixture
def send(client, ids):
    """Call as ``send("ag", action="accept")``; with ``headers`` as htmx does."""

    def send_one(prefix, *, headers=None, **fields):
        given = {"record_id": ids[prefix], "number": "1", "expected": "0"} | fields
        return client.post("/decide", data=given, headers=headers)

    return send_one


def standing(store, record_id):
    with store.begin() as connection:
        return load_standing(connection, [record_id]).get(record_id)


@pytest.mark.parametrize("prefix", ["ag", "cl", "en"])
@pytest.mark.parametrize("action", ["accept", "reject", "unsure"])
def test_a_decision_by_a_plain_form_leads_back_to_its_record(send, store, ids, article, prefix, action):
    answer = send(prefix, action=action, page="1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/articles/{article.id}?page=1#r1")
    assert standing(store, ids[prefix]).review == action
    assert load_decisions(store)[0].who


def test_htmx_is_answered_with_the_card_and_what_can_be_undone(send, ids):
    answer = send("ag", action="accept", headers=PARTIAL)
    assert answer.status_code == 200
    assert answer.text.count("<article") == 1
    assert f'data-id="{ids["ag"]}"' in answer.text
    assert 'data-review="accept"' in answer.text
    assert 'id="steps"' in answer.text
    assert 'hx-swap-oob="outerHTML settle:0ms"' in answer.text
    assert unquote(answer.headers["X-Said"]) == "Accepted."


@pytest.mark.parametrize(
    ("prefix", "field", "sent", "value"),
    [
        ("ag", "status", {"value": "in_force"}, "in_force"),
        ("ag", "status", {"value": ""}, None),
        ("ag", "date", {"value": "2025-07"}, "2025-07"),
        ("ag", "parties", {"value.entity": ["Westia"], "value.role": ["lead"]}, [{"entity": "Westia", "role": "lead"}]),
        ("cl", "hedged", {"value": "yes"}, True),
        ("en", "type", {"value": "ORG"}, "ORG"),
    ],
)
def test_any_field_is_corrected(send, store, ids, prefix, field, sent, value):
    assert send(prefix, action="correct", field=field, **sent).status_code == 303
    assert standing(store, ids[prefix]).fields == {field: value}


def test_a_field_alone_is_right_or_wrong(send, store, ids):
    send("ag", action="reject", field="status")
    assert standing(store, ids["ag"]).field_reviews == {"status": "reject"}


def test_a_note_is_kept_and_shown(send, client, article, ids):
    send("cl", action="note", note="Who <b>says</b> so?")
    page = client.get(f"/articles/{article.id}/records/{ids['cl']}").text
    assert "“Who &lt;b&gt;says&lt;/b&gt; so?”" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"action": "correct", "field": "date", "value": "17 July"}, "a day as 2025-07-17"),
        ({"action": "correct", "field": "figures", "value.name": "members", "value.value": "many"}, "is no number"),
        ({"action": "correct", "field": "rule", "value": "x"}, "no field rule"),
        ({"action": "note", "note": " "}, "A note is a text"),
        ({"action": "explode"}, "is no decision"),
        ({"action": "accept", "expected": "x"}, "is no number"),
        ({"action": "accept", "record_id": "ag-0000000000000000"}, "Nothing bears"),
    ],
)
def test_what_cannot_be_is_refused_and_said(send, store, fields, said):
    answer = send("ag", **fields)
    assert answer.status_code in (404, 422)
    assert said in answer.text
    assert load_decisions(store) == []


def test_what_is_wrong_is_said_on_the_card_itself(send):
    answer = send("ag", action="correct", field="date", value="17 July", headers=PARTIAL)
    assert answer.status_code == 200
    assert '<p class="note bad">' in answer.text
    assert "a day as 2025-07-17" in answer.text


def test_of_two_at_once_both_are_kept_and_the_second_is_told(send, store, ids):
    decide(store, NewDecision(who="ben", record_id=ids["ag"], action="reject"))
    answer = send("ag", action="accept", headers=PARTIAL)
    assert "Meanwhile ben rejected" in unquote(answer.headers["X-Said"])
    assert [each.action for each in load_decisions(store)] == ["reject", "accept"]


def test_many_who_decide_at_once_lose_nothing(send, store):
    threads = [threading.Thread(target=send, args=("ag",), kwargs={"action": "accept"}) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(load_decisions(store)) == 4


def test_the_same_words_are_counted_first_then_decided_then_undone(client, save, send, store, article, ids):
    other, _ = save("https://a.example/2", text="Norland has signed nothing since.")
    send("en", action="reject")
    address = f"/articles/{article.id}/records/{ids['en']}/same"
    assert "Decide the same of 1" in client.get(address).text
    answer = client.post(address, data={"scope": "all", "expected": "1"})
    assert answer.status_code == 303
    record_id = next(
        each.record.id for each in load_reading(store, other.id).records if each.record.id.startswith("en-")
    )
    assert standing(store, record_id).review == "reject"
    assert client.post(address, data={"scope": "all", "expected": "5"}).status_code == 422
    client.post("/undo")
    assert standing(store, record_id).review is None
    assert standing(store, ids["en"]).review == "reject"
