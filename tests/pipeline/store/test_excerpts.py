import pytest

from pipeline.records import Span
from pipeline.store.excerpts import Place, load_excerpts, place_of

LONG = "α " * 600 + "Norland signed the Kestrel Treaty. " + "ω " * 600


def test_the_words_come_with_what_stands_around_them_and_their_place(store, save):
    article, _ = save(text=LONG)
    start = LONG.index("Kestrel")
    place = Place(article.id, start, start + 7)
    found = load_excerpts(store, [place])[place]
    assert found.text == LONG[start - 400 : start + 7 + 400]
    assert LONG[found.offset : found.offset + len(found.text)] == found.text


@pytest.mark.parametrize(("start", "end", "first", "last"), [(0, 1, 0, 401), (2, 1235 + 1200, 0, 2 + 1000 + 400)])
def test_an_excerpt_ends_where_the_text_does_and_of_long_words_shows_the_beginning(
    store, save, start, end, first, last
):
    article, _ = save(text=LONG)
    place = Place(article.id, start, end)
    assert load_excerpts(store, [place])[place].text == LONG[first:last]


def test_many_places_of_several_articles_come_at_once_and_those_that_are_gone_are_left_out(store, save):
    one, _ = save("/1.txt", text="Norland: the Kestrel Treaty.")
    other, _ = save("/2.txt", text="Sudland: the Kestrel Treaty. Norland.")
    places = [Place(one.id, 0, 7), Place(other.id, 0, 7), Place(other.id, 13, 20), Place("ar-gone", 0, 1)]
    found = load_excerpts(store, places)
    assert set(found) == set(places[:3])
    assert [found[each].text[each.start : each.end] for each in places[:3]] == ["Norland", "Sudland", "Kestrel"]
    assert load_excerpts(store, []) == {}


def test_a_place_is_made_of_a_span():
    assert place_of("ar-1", Span(start=3, end=5, text="ab")) == ("ar-1", 3, 5)
