import pytest

from pipeline.reading.bodies import EXTRACTORS, find_body, find_shingles, measure_likeness

WORDS = "France and Germany signed the Aachen Treaty on 22 January in the old city, and Poland may join them later."
PAGE = f"<html><body><nav><a href='/'>Home</a></nav><article><p>{WORDS}</p><p>{WORDS[::-1]}</p></article></body></html>"


@pytest.mark.parametrize("name", EXTRACTORS)
@pytest.mark.parametrize("page", [PAGE, "<p>short", "<frameset>", "<a>" * 500, "<table><tr><td>" * 50])
def test_no_extractor_raises(name, page):
    assert isinstance(EXTRACTORS[name](page), str)


def test_where_all_agree_it_is_sure():
    body = find_body(PAGE, elements=10)

    assert body.text == f"{WORDS}\n\n{WORDS[::-1]}"
    assert (body.extractor, body.confidence) == ("trafilatura", 1.0)


def test_the_one_on_his_own_is_not_taken(monkeypatch):
    said = {"trafilatura": "menu and all of the rest", "readability": WORDS, "newspaper": f"{WORDS} More."}
    for name, text in said.items():
        monkeypatch.setitem(EXTRACTORS, name, lambda page, text=text: text)

    body = find_body("", elements=1)

    assert (body.text, body.extractor) == (WORDS, "readability")
    assert 0.9 < body.confidence < 1


def test_a_page_of_many_elements_is_left_to_one():
    assert find_body(PAGE, elements=50_000).confidence is None


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [("a b c d", "a b c d", 1.0), ("a b c d e", "a b c d f", 0.5), ("a b", "a b", 1.0), ("", "", 0.0), ("a", "", 0.0)],
)
def test_likeness(one, other, likeness):
    assert measure_likeness(find_shingles(one), find_shingles(other)) == likeness
