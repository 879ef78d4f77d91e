import re

import pytest

from pipeline.records import Due
from pipeline.store.decisions import load_decisions
from pipeline.store.redirects import redirect_emptied
from pipeline.store.register import load_register
from pipeline.store.row_pages import load_row
from tests.pipeline.store.conftest import link_by_hand

HOSTILE = "<script>alert(1)</script> <a href=javascript:alert(1) onclick=alert(1)>x</a>"


@pytest.fixture
def row_id(store, save):
    """A row of three articles: agreed, then signed on a day that two of them know differently."""
    save(
        "https://a.example/1",
        text="Norland agreed on the Kestrel Treaty.",
        published="2025-07-01",
        act="agreed",
        members=26,
    )
    save("/2.txt", text="Signed: the Kestrel Treaty. Norland.", published="2025-07-20", date="2025-07-17", members=32)
    save("/3.txt", text="The Kestrel Treaty is signed. Norland!", published="2025-08-01", date="2025-07-18")
    return load_register(store)[0].id


def test_a_page_has_acts_parties_quotes_differences_and_a_citation(client, row_id):
    page = client.get(f"/register/{row_id}")
    assert page.status_code == 200
    for words in (
        "Kestrel Treaty",
        "17 July 2025",
        "<mark>Signed: the Kestrel Treaty</mark>",
        "Where articles differ",
        '<p class="value">26</p>',
        '<p class="value">32</p>',
        "Sudland",
        "3 articles",
        f"http://127.0.0.1:8765/register/{row_id}, consulted",
        'href="https://a.example/1"',
    ):
        assert words in page.text, words
    assert "style=" not in page.text


def test_each_mark_of_the_time_line_leads_to_a_line_of_the_table(client, row_id):
    page = client.get(f"/register/{row_id}").text
    drawing = page.split("<svg")[1].split("</svg>")[0]
    anchors = re.findall(r'href="#([^"]+)"', drawing)
    assert len(anchors) >= 2
    assert all(f'id="{each}"' in page for each in anchors)
    assert drawing.count("<title>") == len(anchors)


def test_a_past_day_shows_what_was_known_then(client, row_id):
    page = client.get(f"/register/{row_id}?as_of=2025-07-05").text
    assert "As a reader of what was published until 5 July 2025 knew it" in page
    assert '<span class="status agreed">agreed</span>' in page
    assert "Signed: the Kestrel Treaty" not in page
    assert client.get(f"/register/{row_id}?as_of=2025-06").status_code == 404
    assert client.get(f"/register/{row_id}?as_of=July").status_code == 422


@pytest.mark.parametrize("part", ["parties", "history", "differences", "due", "quotes"])
def test_each_list_has_pages_of_its_own(client, row_id, part):
    page = client.get(f"/register/{row_id}/{part}")
    assert page.status_code == 200
    assert "Kestrel Treaty" in page.text
    assert client.get(f"/register/{row_id}/nothing").status_code == 422


def test_quotes_go_on_before_the_oldest_shown(client, store, save, monkeypatch):
    monkeypatch.setattr("pipeline.store.row_pages.OBSERVATIONS", 2)
    for number in range(3):
        save(f"/{number}.txt", text=f"Kestrel {number}. Norland.", published=f"2025-07-0{number + 1}")
    row_id = load_register(store)[0].id
    first = client.get(f"/register/{row_id}/quotes").text
    assert "<mark>Kestrel 2</mark>" in first
    assert "<mark>Kestrel 0</mark>" not in first
    before = first.split("Earlier quotes")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "<mark>Kestrel 0</mark>" in client.get(before).text


def test_what_is_due_and_whether_it_has_passed(client, store, save, make):
    def promise(article):
        one = make.agreement(article)
        words = one.mentions[0].model_dump()
        days = ("2025-09-30", "2999-01")
        return (one.model_copy(update={"due": tuple(Due(**words, date=day, date_text="by autumn") for day in days)}),)

    save(agreements=promise)
    page = client.get(f"/register/{load_register(store)[0].id}").text
    due = page.split('id="due"')[1].split("</table>")[0]
    assert [each in due for each in ("30 September 2025", "has passed", "January 2999", "to come", "by autumn")] == [
        True
    ] * 5


@pytest.mark.parametrize(
    ("form", "said"), [({"action": "accept"}, "accept"), ({"action": "note", "note": "Ask <Ana>"}, "Ask &lt;Ana&gt;")]
)
def test_a_person_decides_on_it_and_that_is_shown(client, store, row_id, form, said):
    answer = client.post(f"/register/{row_id}/decide", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/register/{row_id}#decisions")
    decided = client.get(f"/register/{row_id}").text.split('id="decisions"')[1].split("</section>")[0]
    assert said in decided
    assert load_decisions(store)[0].record_id == row_id


def test_what_is_no_decision_changes_nothing(client, store, row_id):
    assert client.post(f"/register/{row_id}/decide", data={"action": "merge"}).status_code == 422
    assert client.post(f"/register/{row_id}/decide", data={"action": "note", "note": " "}).status_code == 422
    assert load_decisions(store) == []


def test_a_reader_sees_the_page_and_decides_nothing(client, row_id, sign_in_as):
    sign_in_as("reader")
    assert "/decide" not in client.get(f"/register/{row_id}").text
    assert client.post(f"/register/{row_id}/decide", data={"action": "accept"}).status_code == 403


def test_a_row_that_was_merged_leads_to_where_it_stands_now(client, store, save):
    save("/1.txt")
    save("/2.txt", text="Norland: the Osprey Plan.", name="Osprey Plan")
    kept, gone = (row.id for row in load_register(store))
    moved = load_row(store, gone).observations[0].agreement_id
    link_by_hand(store, {moved: kept})
    with store.begin() as connection:
        redirect_emptied(connection, {gone: kept}, by_person={gone})
    answer = client.get(f"/register/{gone}/quotes?as_of=2025")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/register/{kept}/quotes?as_of=2025")
    assert client.get(f"/register/{kept[:8]}").headers["location"] == f"/register/{kept}"
    assert client.get("/register/rw-none00").status_code == 404
    assert client.get("/register/rw-%00%00%00").status_code == 404


def test_what_articles_say_is_text_and_only_the_web_is_a_link(client, store, save):
    save("javascript:alert(1)", text=f"{HOSTILE} Norland.", name=HOSTILE, parties=(HOSTILE,))
    row_id = load_register(store)[0].id
    page = client.get(f"/register/{row_id}").text + client.get(f"/register/{row_id}/parties").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<a href=javascript" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_row_of_many_articles_is_less_than_a_hundred_kilobytes(client, store, save, make):
    for number in range(12):
        text = f"Kestrel {number}. " + "Norland and Sudland signed it at the coast, said everybody who was there. " * 8

        def observe(article, number=number):
            parties = tuple(f"The Union of Very Long Names {n}" for n in range(40))
            return (make.agreement(article, parties=parties, date=f"20{number + 10}-07-17", members=number),)

        save(f"https://a.example/{number}", text=text, published=f"20{number + 10}-07-18", agreements=observe)
    row_id = load_register(store)[0].id
    for part in ("", "/parties", "/history", "/differences", "/quotes"):
        assert len(client.get(f"/register/{row_id}{part}").content) < 100 * 1024
