import pytest

from pipeline.review.views import register
from pipeline.store.register import load_register

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> Pact"


def labels(page):
    """What stands in the table, in its order."""
    return [row.split(">")[1].split("<")[0] for row in page.text.split('<a class="name')[1:]]


@pytest.fixture
def two(save):
    save("/1.txt", published="2025-07-18", date="2025-07-17")
    save(
        "/2.txt",
        text="Norland and Westland: the Osprey Plan.",
        name="Osprey Plan",
        published="2025-09-01",
        act="agreed",
        parties=("Norland", "Westland"),
    )


def test_agreements_are_listed_with_what_a_reader_must_know(client, two):
    page = client.get("/register")
    assert page.status_code == 200
    assert labels(page) == ["Osprey Plan", "Kestrel Treaty"]
    for words in ("Norland, Westland", "17 July 2025", "signed", "1 September 2025", "/exports/register.csv"):
        assert words in page.text
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=osprey", ["Osprey Plan"]),
        ("party=Norland&party=Sudland", ["Kestrel Treaty"]),
        ("status=agreed&kind=&text=", ["Osprey Plan"]),
        ("published_to=2025-08", ["Kestrel Treaty"]),
        ("as_of=2025-08", ["Kestrel Treaty"]),
        ("status_from=2025-08&publisher=the+example", ["Osprey Plan"]),
        ("review=accept", []),
        ("differs=true", []),
        ("named=true&min_confidence=0.5&view=time", ["Osprey Plan", "Kestrel Treaty"]),
    ],
)
def test_the_list_is_filtered_and_says_by_what(client, two, query, found):
    page = client.get(f"/register?{query}")
    assert page.status_code == 200
    assert labels(page) == found
    if "view" not in query:
        assert '<ul class="chips"' in page.text
    assert ("No agreement is like that" in page.text) is (not found)


def test_a_condition_that_cannot_be_is_said_beside_its_field_and_nothing_is_listed(client, two):
    page = client.get("/register?as_of=Tuesday&party=Norland")
    assert page.status_code == 422
    assert labels(page) == []
    assert "“Tuesday”: write a day like 2025-09-12" in page.text
    assert 'value="Norland"' in page.text


def test_pages_go_on_after_the_last_row(client, two, monkeypatch):
    monkeypatch.setattr(register, "ROWS", 1)
    first = client.get("/register?named=true")
    assert labels(first) == ["Osprey Plan"]
    after = first.text.split("Next agreements")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(after)
    assert labels(second) == ["Kestrel Treaty"]
    assert "Next agreements" not in second.text
    assert "First page" in second.text


def test_the_time_line_is_drawn_with_links_and_the_table_below_it(client, store, two):
    page = client.get("/register?view=time")
    drawing = page.text.split("<svg")[1].split("</svg>")[0]
    for row in load_register(store):
        assert f'href="/register/{row.id}"' in drawing
    assert "Kestrel Treaty; signed, since 17 July 2025; told of from 18 July 2025" in drawing
    assert "style=" not in page.text
    assert labels(page) == ["Osprey Plan", "Kestrel Treaty"]


def test_an_empty_register_says_how_to_fill_it(client):
    assert "entente ingest FOLDER" in client.get("/register").text


def test_what_articles_say_is_text(client, save):
    save("/1.txt", text=f"{HOSTILE}. Norland.", name=HOSTILE, parties=(HOSTILE,))
    page = client.get(f"/register?text={HOSTILE}&view=time").text + client.get("/register?view=time").text
    assert "<script>alert" not in page
    assert "<img" not in page.replace('<img src="/static', "")
    assert "&lt;script&gt;alert(1)" in page


def test_fifty_rows_are_less_than_a_hundred_kilobytes(client, save, make, monkeypatch):
    def many(article):
        parties = tuple(f"The Union of Very Long Names {n}" for n in range(30))
        return tuple(
            make.agreement(article, f"Pact number {n} on cooperation in the north", parties=parties) for n in range(51)
        )

    save(agreements=many)
    page = client.get("/register?view=time")
    assert page.text.count('<tr role="row" id=') == 50
    assert len(page.content) < 100 * 1024
