import pytest

from pipeline.store.search_language import find_words, parse_question
from pipeline.store.snippets import cut_snippet, find_marks, load_stems

TABLE = [
    ("treaties", "The ‹Treaty› of treason; ‹treaties›."),
    ('"kestrel treaty"', "A treaty, then the ‹Kestrel Treaty›."),
    ("deterr*", "‹Deterrence› and ‹deterring›, to deter; determined."),
    ('"nuclear deterr*"', "nuclear war, ‹nuclear deterrence›"),
    ('"heads of state"', "The ‹head of state› and the state."),
    ("the signed", "the act was ‹signed› by the king"),
    ("long-range", "a ‹long-range› and a ‹long range› plan; range"),
    ("norland -sudland", "‹Norland› and Sudland"),
    ("erdogan", "‹Erdoğan› went"),
    ("none", "nothing here"),
]


def mark(text, marks):
    for each in reversed(marks):
        text = f"{text[: each.start]}‹{text[each.start : each.end]}›{text[each.end :]}"
    return text


@pytest.mark.parametrize(("typed", "marked"), TABLE)
def test_marks_stand_on_what_was_searched_for(store, typed, marked):
    text = marked.replace("‹", "").replace("›", "")
    terms, words = parse_question(typed).terms, list(find_words(text))
    with store.begin() as connection:
        stems = load_stems(connection, [*(word.folded for word in words), *(w for term in terms for w in term.words)])
    assert mark(text, find_marks(words, terms, stems)) == marked


def test_a_snippet_is_cut_around_the_most_different_words():
    text = "alpha " * 200 + "beta alpha gamma " + "alpha " * 200
    words = list(find_words(text))
    stems = {"alpha": "alpha", "beta": "beta", "gamma": "gamma"}
    marks = find_marks(words, parse_question("alpha beta gamma").terms, stems)
    snippet = cut_snippet(text, marks, offset=7)
    assert snippet.text == text[snippet.start - 7 : snippet.end - 7]
    assert "beta alpha gamma" in snippet.text
    assert len(snippet.text) < 330
    assert {snippet.text[each.start : each.end] for each in snippet.marks} == {"alpha", "beta", "gamma"}


def test_a_short_text_is_shown_whole_without_white_space_around_it():
    snippet = cut_snippet(" A short one.\n", [], offset=10)
    assert (snippet.start, snippet.end, snippet.text) == (11, 23, "A short one.")
