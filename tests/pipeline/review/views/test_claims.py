import pytest

from pipeline.review.views import claims
from pipeline.store.records import load_claims


@pytest.fixture
def three(save):
    for number in range(3):
        text = f'Norland {number}. Mara Lind said it "changes everything". <script>alert(1)</script> stands beside it.'
        save(f"/{number}.txt", text=text, published=f"2025-07-0{number + 1}")


def ids(page):
    return [part.split('"')[0] for part in page.text.split('<tr role="row" id="')[1:]]


def test_claims_stand_with_speaker_type_words_and_source(client, store, three):
    page = client.get("/claims")
    assert page.status_code == 200
    first = load_claims(store)[0]
    words = first.spans[0]
    for expected in (
        'href="/claims?speaker=Mara%20Lind">Mara Lind</a>',
        "evaluation",
        "about Kestrel Treaty",
        "<mark>it &#34;changes everything&#34;</mark>",
        f"/articles/{first.article_id}?record={first.id}&amp;at={words.start}-{words.end}#record",
        "3 July 2025",
    ):
        assert expected in page.text, expected
    assert ids(page) == [row.id for row in load_claims(store)]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("speaker=mara+lind", 3),
        ("speaker=Jon+Berg", 0),
        ("words=changing", 3),
        ("words=changes+-everything", 0),
        ("type=prediction", 0),
        ("about=kestrel&published_from=2025-07-02&published_to=2025-07", 2),
        ("publisher=the+example&min_confidence=0.5&review=", 3),
        ("review=reject", 0),
    ],
)
def test_claims_are_filtered(client, three, query, number):
    page = client.get(f"/claims?{query}")
    assert page.status_code == 200
    assert len(ids(page)) == number


def test_pages_go_on_after_the_last_claim(client, store, three, monkeypatch):
    monkeypatch.setattr(claims, "ROWS", 2)
    first = client.get("/claims?type=evaluation")
    after = first.text.split("Next claims")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert ids(first) + ids(client.get(after)) == [row.id for row in load_claims(store)]


def test_what_cannot_be_is_said(client, three):
    page = client.get("/claims?type=lie&published_from=spring")
    assert page.status_code == 422
    assert ids(page) == []
    assert "there is no such value" in page.text


def test_what_articles_say_is_text(client, three):
    page = client.get("/claims?words=" + "<script>alert(1)</script>").text + client.get("/claims").text
    assert "<script>alert" not in page


def test_no_claim_says_what_to_do(client):
    assert "entente ingest FOLDER" in client.get("/claims").text
