import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.marks import (
    PAGE_BYTES,
    PAGE_RECORDS,
    Mark,
    cut,
    find_page,
    find_pages,
    find_paragraphs,
    render_marks,
)

TEXTS = st.text(st.sampled_from("ab <>&\"'\n\ré𝔸/="), max_size=60)


@st.composite
def marked(draw):
    """A text, and places in it that nest, cross and repeat."""
    text = draw(TEXTS)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.integers(1, 9))
    layers = st.sampled_from(["entity", "agreement", "claim"])
    found = draw(st.lists(st.tuples(places, layers), max_size=8))
    return text, [Mark(min(a, b), max(a, b), number, layer) for (a, b, number), layer in found]


class Reader(HTMLParser):
    """The text of some HTML as a browser has it, with the records of each character."""

    def __init__(self, html):
        super().__init__(convert_charrefs=False)
        self.records, self.text, self.covered, self.tags = (), "", [], set()
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.records = dict(attributes).get("data-r", "").split()

    def handle_endtag(self, tag):
        self.records = ()

    def handle_data(self, data):
        self.text += data
        self.covered += [set(map(int, self.records))] * len(data)

    def handle_entityref(self, name):
        self.handle_data({"lt": "<", "gt": ">", "amp": "&"}[name])

    def handle_charref(self, name):
        self.handle_data(chr(int(name)))


@given(marked())
def test_the_pieces_are_the_text_and_each_mark_covers_its_words(case):
    text, marks = case
    read = Reader(render_marks(cut(text, marks)))
    assert read.text == text
    assert read.tags <= {"a"}
    for at, numbers in enumerate(read.covered):
        assert numbers == {each.number for each in marks if each.start <= at < each.end}


@given(marked(), st.integers(0, 60), st.integers(0, 60))
def test_a_part_of_a_text_has_the_marks_of_the_part(case, one, other):
    text, marks = case
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    pieces = cut(text[start:end], marks, start=start)
    assert "".join(each.text for each in pieces) == text[start:end]
    for piece in pieces:
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
        assert set(piece.marks) == {
            each for each in marks if each.start <= piece.start and each.end >= piece.start + len(piece.text)
        }


@given(marked())
def test_pages_and_paragraphs_are_the_whole_text_in_order(case):
    text, marks = case
    assert "".join(text[start:end] for start, end in find_paragraphs(text)) == text
    pages = find_pages(text, marks)
    assert [each.number for each in pages] == list(range(1, len(pages) + 1))
    assert "".join(text[each.start : each.end] for each in pages) == text


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("a <b> & c", [], "a &lt;b&gt; &amp; c"),
        ("<script>", [Mark(0, 8, 1, "claim")], r'<a class="m c" .*>&lt;script&gt;</a>'),
        (
            "ab",
            [Mark(0, 2, 3, "agreement", "reject")],
            r'<a class="m a is-reject" id="p0" data-r="3" data-n="3" href="#r3"',
        ),
        ("ab", [Mark(0, 2, 3, "entity")], r'data-r="3" href'),  # entities are too many to be numbered in the text
        (
            "ab",
            [Mark(0, 2, 1, "claim"), Mark(1, 2, 2, "entity")],
            r">a</a><a class=\"m c e\" id=\"p1\" data-r=\"1 2\" href",
        ),
        ("a\rb", [], "a&#13;b"),
    ],
)
def test_what_is_written_is_shown_as_text(text, marks, shown):
    assert re.search(shown, str(render_marks(cut(text, marks))))


@pytest.mark.parametrize("letter", ["a", "&", "é", "<script>alert(1)</script>", "a ", "\n"])
def test_megabytes_of_one_line_are_many_small_pages(letter):
    text = letter * (1_000_000 // len(letter))
    pages = find_pages(text, [])
    assert "".join(text[each.start : each.end] for each in pages) == text
    for page in pages[:3]:
        part = text[page.start : page.end]
        assert len(render_marks(cut(part, [], start=page.start)).encode()) <= PAGE_BYTES
        assert all(end - start <= 2000 for start, end in find_paragraphs(part))


def test_a_page_has_so_many_records_at_most():
    text = "ab. \n" * 200
    marks = [Mark(at * 5, at * 5 + 2, at + 1, "entity") for at in range(200)]
    pages = find_pages(text, marks)
    assert len(pages) == 200 / PAGE_RECORDS
    assert find_page(pages, 0).number == 1
    assert find_page(pages, len(text) - 1).number == len(pages)
    assert find_page(pages, len(text) + 9).number == len(pages)


def test_an_empty_text_has_one_page():
    [page] = find_pages("", [])
    assert (page.start, page.end) == (0, 0)
    assert render_marks(cut("", [])) == ""
