import re

import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide
from pipeline.store.reading import load_reading

HOSTILE = (
    "<script>alert(1)</script> Norland & Sudland signed the Kestrel Treaty, <img src=x onerror=alert(2)> "
    'see javascript:alert(3). Mara Lind said it "changes everything".'
)


@pytest.fixture
def article(save):
    return save()[0]


def ids(store, article):
    return {each.record.id[:2]: each.record.id for each in load_reading(store, article.id).records}


def test_an_article_is_read_with_its_records_beside_it(client, article, store):
    page = client.get(f"/articles/{article.id}").text
    found = ids(store, article)
    assert "<h1>A treaty</h1>" in page
    assert 'href="https://a.example/1"' in page
    for record_id in found.values():
        assert f'data-id="{record_id}"' in page
    order = [
        page.index(each) for each in ('id="group-check"', found["cl"], 'id="group-trusted"', found["ag"], found["en"])
    ]
    assert order == sorted(order)  # .7 is to be checked, .8 is trusted, an entity stands last
    assert re.search(
        r'<a class="m (a e|e a)" id="p0" data-r="[12] [12]" data-n="[12]" href="#r[12]" tabindex="-1">Norland</a>', page
    )


def test_an_open_card_says_why_each_value_is_so(client, article, store):
    record_id = ids(store, article)["ag"]
    page = client.get(f"/articles/{article.id}?record={record_id}").text
    assert 'id="record"' in page
    assert 'data-at="0-61"' in page
    assert "test, 80 %" in page
    for field in ("status", "parties", "acts", "due", "figures"):
        assert f"change={field}" in page
        form = client.get(f"/articles/{article.id}/records/{record_id}?number=1&change={field}").text
        assert f'name="field" value="{field}"' in form
    part = client.get(f"/articles/{article.id}/records/{record_id}?number=1").text
    assert part.lstrip().startswith("<article")
    assert client.get(f"/articles/ar-0000000000000000/records/{record_id}").status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("at=31-37", r'<a class="m a w" id="p31"'),
        ("show=claim", r'class="text no-entity no-agreement"'),
        ("show=claim&show=entity&show=agreement", r'class="text"'),
        ("no=3", 'data-page="1"'),
        ("page=99", 'data-page="1"'),
    ],
)
def test_an_article_can_be_asked_for_in_several_ways(client, article, query, shown):
    assert re.search(shown, client.get(f"/articles/{article.id}?{query}").text)


@pytest.mark.parametrize("query", ["at=x", "page=x", "at=1-2-3"])
def test_what_cannot_be_asked_is_refused(client, article, query):
    assert client.get(f"/articles/{article.id}?{query}").status_code == 422


def test_hostile_words_are_shown_as_words(client, save):
    article, _ = save(text=HOSTILE, address="javascript:alert(4)")
    page = client.get(f"/articles/{article.id}").text
    assert "alert(1)" in page
    assert not re.search(r"<(script>|img src=x)", page)
    assert 'href="javascript' not in page


def test_megabytes_of_one_line_are_read_page_by_page(client, save, make):
    text = "Norland signed the Kestrel Treaty. " + "x<&>" * 1_200_000
    article, _ = save(text=text, agreements=lambda article: (make.agreement(article),))
    for query in ("", "?page=2", "?page=9999"):
        page = client.get(f"/articles/{article.id}{query}")
        assert page.status_code == 200
        assert len(page.content) <= 100 * 1024
    assert "Next page" in client.get(f"/articles/{article.id}").text


def test_forty_records_are_one_page_of_less_than_100_kib(client, save, make):
    text = " ".join(f"Norland and Sudland signed the Kestrel{number} Treaty." for number in range(40))

    def many(article):
        return tuple(make.agreement(article, f"Kestrel{number} Treaty") for number in range(40))

    article, _ = save(text=text, agreements=many)
    record_id = many(article)[0].id
    page = client.get(f"/articles/{article.id}?record={record_id}")
    assert page.text.count('data-id="ag-') == 40
    assert len(page.content) <= 100 * 1024


def test_a_reader_sees_what_was_decided_and_no_forms(client, article, store, sign_in_as):
    decide(store, NewDecision(who="ben", record_id=ids(store, article)["cl"], action="reject"))
    sign_in_as("reader")
    page = client.get(f"/articles/{article.id}").text
    assert 'data-review="reject"' in page
    assert "is-reject" in page
    assert 'name="action"' not in page
    assert 'action="/undo"' not in page


def test_an_article_that_is_not_there_is_said_to_be(client):
    assert client.get("/articles/ar-0000000000000000").status_code == 404
