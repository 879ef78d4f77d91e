"""Passages: exact, ordered, complete, and cut where a reader would cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.embedding.passages import find_passages
from pipeline.records import Article

SENTENCE = "Poland and Lithuania agreed to guard the border together until the end of the year."  # 15 words
LONG = " ".join([SENTENCE] * 9)  # 135 words: a passage of its own


def make_article(text: str) -> Article:
    return Article(id="ar-0", address="file.txt", text=text)


def find_texts(text: str) -> list[str]:
    return [passage.text for passage in find_passages(make_article(text))]


lines = st.text(alphabet=st.sampled_from("ab .!?\t\u2028#-1é字\r"), max_size=60) | st.text(max_size=30)
texts = st.lists(lines | st.sampled_from(["", "## Heading", SENTENCE, LONG, "字" * 900]), max_size=12).map("\n".join)


@given(texts)
@settings(deadline=None)  # a loaded machine is no failure
def test_spans_are_exact_ordered_trimmed_and_cover_all_but_white_space(text):
    passages = find_passages(make_article(text))
    end = 0
    for passage in passages:
        assert text[end : passage.start].strip() == ""
        assert text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert len(passage.text.split()) < 250
        end = passage.end
    assert text[end:].strip() == ""


@given(texts)
@settings(deadline=None)  # a loaded machine is no failure
def test_ids_are_distinct_and_need_no_offsets(text):
    passages = find_passages(make_article(text))
    assert len({passage.id for passage in passages}) == len(passages)
    moved = find_passages(make_article(f"\n\n  {text}"))
    if [passage.text for passage in moved] == [passage.text for passage in passages]:
        assert [passage.id for passage in moved] == [passage.id for passage in passages]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" \n\t\n", [], id="white space"),
        pytest.param(f"{SENTENCE}\n{SENTENCE}", [f"{SENTENCE}\n{SENTENCE}"], id="short paragraphs are joined"),
        pytest.param(f"{LONG}\n{SENTENCE}", [LONG, SENTENCE], id="up to 120 words"),
        pytest.param(f"{LONG}\n\n{LONG}", [LONG, LONG], id="long paragraphs stand alone"),
        pytest.param(
            f"{SENTENCE}\nWhat comes next\n{SENTENCE}",
            [SENTENCE, f"What comes next\n{SENTENCE}"],
            id="never across a heading, which goes with what it heads",
        ),
        pytest.param(
            f"{SENTENCE}\n\n## What comes next\n{SENTENCE}",
            [SENTENCE, f"## What comes next\n{SENTENCE}"],
            id="markdown heading",
        ),
        pytest.param(f"What comes next\n{LONG}", [f"What comes next\n{LONG}"], id="heading of a long paragraph"),
        pytest.param(f"Part one\nThe border\n{SENTENCE}", [f"Part one\nThe border\n{SENTENCE}"], id="two headings"),
        pytest.param(f"{SENTENCE}\n- five battalions\n- two ships", None, id="list items are no headings"),
        pytest.param("Poland and Lithuania\nagreed to\nguard it.\n\nBoth sent\ntroops.", None, id="wrapped lines"),
    ],
)
def test_passages_of(text, expected):
    assert find_texts(text) == ([text] if expected is None else expected)


def test_long_paragraph_is_split_between_sentences_into_like_parts():
    pieces = find_texts(" ".join([SENTENCE] * 40))
    assert " ".join(pieces) == " ".join([SENTENCE] * 40)
    assert {piece[-1] for piece in pieces} == {"."}
    assert [len(piece.split()) for piece in pieces] == [150, 150, 150, 150]


def test_text_without_spaces_is_cut_all_the_same():
    assert max(map(len, find_texts("字" * 10_000))) <= 2_400


def test_equal_passages_are_counted():
    first, second = find_passages(make_article(f"{LONG}\n{LONG}"))
    assert first.text == second.text
    assert first.id != second.id
