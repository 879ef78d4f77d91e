import pytest

from pipeline.review.views import search


@pytest.fixture
def texts(save):
    save("/1.txt")
    save("/2.txt", text="The <b>Osprey</b> Plan & <script>alert(1)</script> of Norland.", name="Osprey Plan")


def hits(page):
    return page.text.count('<li class="hit ')


def test_articles_agreements_and_claims_are_found_and_lead_to_their_pages(client, texts):
    page = client.get("/search?text=treaty")
    assert page.status_code == 200
    for kind, lead in (("article", 'href="/articles/ar-'), ("agreement", 'href="/register/rw-')):
        assert f'<li class="hit {kind}">' in page.text
        assert lead in page.text
    claims = client.get("/search?text=everything&kinds=claim").text
    assert "?record=cl-" in claims
    assert "<mark>everything</mark>" in claims


def test_before_anything_is_asked_nothing_is_searched(client, texts):
    page = client.get("/search")
    assert hits(page) == 0
    assert "This page searches by words" in page.text


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("text=osprey", 2),
        ("text=osprey&kinds=agreement", 1),
        ("text=nothing", 0),
        ("party=Norland", 2),
        ("speaker=mara+lind", 1),
    ],
)
def test_conditions_hold(client, texts, query, number):
    assert hits(client.get(f"/search?{query}")) == number


@pytest.mark.parametrize(
    "typed", ['"', "-", "*", "' OR 1=1 --", "\0", "the", "x" * 3000, "(((", "</mark><script>alert(1)</script>"]
)
def test_whatever_is_typed_is_no_error_and_no_markup(client, texts, typed):
    page = client.get("/search", params={"text": typed})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_what_articles_say_is_text(client, texts):
    page = client.get("/search?text=osprey+plan").text
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_condition_that_cannot_be_is_said(client, texts):
    page = client.get("/search?text=treaty&published_from=spring")
    assert page.status_code == 422
    assert hits(page) == 0
    assert "Nothing was searched for" in page.text


def test_hits_come_by_the_page(client, texts, monkeypatch):
    monkeypatch.setattr(search, "HITS", 1)
    first = client.get("/search?text=norland")
    assert hits(first) == 1
    more = first.text.split(">More<")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert more == "/search?text=norland&offset=1"
    assert ">Before<" in client.get(more).text


def test_a_reviewer_can_keep_it_and_a_reader_cannot(client, texts, sign_in_as):
    assert "Keep this search" in client.get("/search?text=treaty").text
    sign_in_as("reader")
    assert "Keep this search" not in client.get("/search?text=treaty").text
