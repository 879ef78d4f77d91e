import pytest

from pipeline.jobs.actors import link_entities
from pipeline.review.views import entities
from pipeline.store.actors import load_entities
from tests.pipeline.naming import NORLAND, SUDLAND, save_named

HOSTILE = "Mara <script>alert(1)</script>"


@pytest.fixture
def linked(store):
    save_named(store, "/1", f"Norland met {HOSTILE}.", NORLAND, (HOSTILE, "PERSON", {}))
    save_named(store, "/2", "Norland met Sudland.", NORLAND, SUDLAND)
    link_entities(store)
    return load_entities(store)


def test_those_in_most_articles_come_first_and_what_articles_say_is_text(client, linked):
    page = client.get("/entities")
    assert page.status_code == 200
    assert page.text.index("Norland") < page.text.index("Sudland")
    assert "<script>alert" not in page.text
    assert "Mara &lt;script&gt;" in page.text


@pytest.mark.parametrize(
    ("query", "found"), [("text=sud", 1), ("type=STATE", 2), ("type=DOCUMENT", 0), ("text=NORL&type=", 1)]
)
def test_entities_are_filtered(client, linked, query, found):
    page = client.get(f"/entities?{query}")
    assert page.text.count('<tr role="row" id=') == found
    assert client.get("/entities?type=STAR").status_code == 422


def test_pages_go_on_after_the_last(client, linked, monkeypatch):
    monkeypatch.setattr(entities, "ROWS", 2)
    first = client.get("/entities")
    after = first.text.split("Next entities")[0].rsplit('href="', 1)[1].split('"')[0]
    assert first.text.count('<tr role="row" id=') == 2
    assert client.get(after).text.count('<tr role="row" id=') == 1


def test_the_page_of_one_shows_where_it_is_named(client, linked):
    page = client.get(f"/entities/{linked[0].id}")
    assert page.status_code == 200
    assert "Named in 2 articles" in page.text
    assert page.text.count("<mark>Norland</mark>") == 2
    assert "state" in page.text
    assert client.get(f"/entities/{linked[0].id}?page=2").status_code == 200


def test_an_actor_of_a_register_has_its_agreements_claims_and_companions(reading, filled):
    found = reading.get("/entities?text=norland").text.split('href="/entities/ac-')[1].split('"')[0]
    page = reading.get(f"/entities/ac-{found}").text
    assert "Party to 1 agreement" in page
    assert "Arden Treaty" in page
    assert len(page.encode()) < 100 * 1024


def test_a_beginning_leads_to_the_whole_and_nothing_is_said(client, linked):
    whole = linked[0].id
    answer = client.get(f"/entities/{whole[:12]}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/entities/{whole}")
    assert client.get("/entities/ac-none").status_code == 404
