import re

import pytest

from pipeline.decisions import NewDecision
from pipeline.errors import InputError
from pipeline.review.views.queue import read_wanted, write_query
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.queue import load_queue
from pipeline.store.queue_rows import QueueFilter

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def items(store, save):
    """An agreement and a claim that nobody has decided on, the more doubtful first."""
    save(confidence=0.5)
    return load_queue(store)


def send(client, item, action="accept", *, query="", headers=None, **more):
    data = {"record_id": item.id, "expected": item.decision, "action": action, "query": query} | more
    return client.post("/queue", data=data, headers=headers or {})


def test_the_queue_shows_what_is_to_be_reviewed_and_how_far_it_is(client, items):
    page = client.get("/queue").text
    assert [page.index(item.id) for item in items] == sorted(page.index(item.id) for item in items)
    assert "2 on this page" in re.sub("<[^>]+>", "", page)
    assert "50 % to check" in page
    assert f'href="/articles/{items[0].article_id}?record={items[0].id}#record"' in page
    assert len(page.encode()) < 100 * 1024


def test_a_decision_leads_back_to_what_is_left(client, store, items):
    answer = send(client, items[0], "reject", query="queue=doubtful&kind=claim")
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue?queue=doubtful&kind=claim")
    assert [(each.record_id, each.action) for each in load_decisions(store)] == [(items[0].id, "reject")]
    assert items[0].id not in client.get("/queue").text


def test_by_script_the_item_stays_with_what_became_of_it(client, items):
    answer = send(client, items[0], "unsure", headers=HTMX)
    assert answer.status_code == 200
    assert 'data-review="unsure"' in answer.text
    assert "<html" not in answer.text
    assert 'name="seen"' not in answer.text  # all on the page is decided without it
    assert answer.headers["X-Said"] == "Unsure."


def test_who_comes_second_is_told_and_both_are_kept(client, store, items):
    decide(store, NewDecision(who="ben", record_id=items[0].id, action="accept"))
    answer = send(client, items[0], "reject", headers=HTMX)
    assert "ben%20accepted" in answer.headers["X-Said"]
    assert len(load_decisions(store)) == 2


@pytest.mark.parametrize("action", ["", "merge", "correct", "delete"])
def test_nothing_but_a_review_is_taken(client, store, items, action):
    assert send(client, items[0], action).status_code == 422
    assert load_decisions(store) == []


def test_pages_follow_each_other(client, store, save, make):
    save(agreements=lambda article: tuple(make.agreement(article, f"Deal {number}") for number in range(60)))
    first = client.get("/queue?kind=agreement").text
    (following,) = re.findall(r'id="next-page" href="([^"]+)"', first)
    second = client.get(following.replace("&amp;", "&")).text
    seen = [re.findall(r'data-id="(ag-[^"]+)"', page) for page in (first, second)]
    assert [len(each) for each in seen] == [50, 10]
    assert not set(seen[0]) & set(seen[1])
    assert 'id="next-page"' not in second


def test_the_next_one_is_read_in_its_article(client, items):
    for after, expected in ((None, items[0]), (items[0].id, items[1])):
        answer = client.get("/queue/next", params={"after": after} if after else {})
        assert answer.headers["location"].startswith(f"/articles/{expected.article_id}?record={expected.id}")
    answer = client.get("/queue/next", params={"after": items[1].id})
    assert answer.headers["location"] == "/queue?queue=doubtful"


def test_who_may_only_read_sees_no_buttons(client, items, sign_in_as):
    sign_in_as("reader")
    page = client.get("/queue").text
    assert items[0].id in page
    assert 'name="action"' not in page
    assert send(client, items[0]).status_code == 403


def test_what_a_text_says_is_shown_as_text(client, save):
    save(name='<script>alert("x")</script>')
    assert "<script>alert" not in client.get("/queue").text


@pytest.mark.parametrize("queue", ["doubtful", "disputed", "unsure", "reopened"])
def test_every_queue_can_be_empty(client, queue):
    assert "Nothing is left in this queue" in client.get(f"/queue?queue={queue}").text


@pytest.mark.parametrize("query", ["queue=all", "kind=row"])
def test_what_is_not_there_is_refused(client, query):
    assert client.get(f"/queue?{query}").status_code == 422
    with pytest.raises(InputError):
        read_wanted(query)


def test_a_query_is_read_as_it_was_written():
    wanted = QueueFilter(kind="claim", publisher="A & B", after="cl-1")
    assert read_wanted(write_query(wanted) + "&other=1") == wanted
    assert write_query(wanted, after=None) == "queue=doubtful&kind=claim&publisher=A+%26+B"
