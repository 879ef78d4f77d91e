"""The text of an article with its marks: nested and crossing spans as a row of pieces that never overlap. Pure.

A piece of text bears the numbers of all records whose words it belongs to. So spans may nest, cross and repeat without one
element having to close within another; the pieces put together are the text, character by character.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

# Longest run of characters that is one paragraph of the page: a text may be a single line of megabytes, and a browser lays
# out a hundred short blocks sooner than one long one.
_PARAGRAPH = 2000
_GAP = 200  # so far back a blank is looked for to cut at
#: Bytes of text and marks on one page: a page may have 100 KiB, the frame takes 6, 50 closed records 50, an open one 25.
PAGE_BYTES = 18_000
#: Records that begin on one page: more are on the next. A closed card takes about 1 KiB.
PAGE_RECORDS = 50
#: What a layer is called in the page; each is drawn in a way of its own, never by colour alone.
LAYERS = {"entity": "e", "agreement": "a", "claim": "c", "words": "w"}


class Mark(NamedTuple):
    """Some words of a record."""

    start: int  #: code points into the article's text, end exclusive
    end: int
    number: int  #: of the record, from 1, in the order of the text
    layer: str  #: a key of :data:`LAYERS`
    review: str = ""  #: what a person decided of the record


class Piece(NamedTuple):
    """A run of text that the same marks cover."""

    start: int
    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...] = ()  #: those of them that begin here


class Page(NamedTuple):
    """A part of the text that is shown at once: whole paragraphs."""

    number: int  #: from 1
    start: int
    end: int


def cut(text: str, marks: Iterable[Mark], *, start: int = 0) -> list[Piece]:
    """A part of a text as pieces, put together the same part again.

    Args:
        text: the part.
        marks: of the whole text, in any order; those outside of the part are left out, others clipped.
        start: where the part begins in the whole.

    Example::

        cut("abcd", [Mark(0, 3, 1, "claim"), Mark(1, 4, 2, "entity")])  # a: 1, bc: 1 and 2, d: 2
    """
    end = start + len(text)
    here = sorted(each for each in marks if each.start < end and each.end > start and each.end > each.start)
    edges = sorted({start, end, *(min(max(at, start), end) for each in here for at in (each.start, each.end))})
    opening: dict[int, list[Mark]] = defaultdict(list)
    for each in here:
        opening[max(each.start, start)].append(each)
    pieces, active = [], list[Mark]()
    for at, until in pairwise(edges):
        active = [each for each in active if each.end > at] + opening[at]
        begins = tuple(each for each in opening[at] if each.start == at)
        pieces.append(Piece(at, text[at - start : until - start], tuple(active), begins))
    return pieces


def render_marks(pieces: Iterable[Piece]) -> Markup:
    """Pieces as HTML; the text is escaped, whatever it is. Where a mark begins, its number is said by ``data-n``."""
    return Markup("").join(_render(each) for each in pieces)


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text begin and end; each takes the line ends behind it, and long ones are cut at a blank."""
    for found in re.finditer(r"[^\n]*\n*", text):
        start, end = found.span()
        while end - start > _PARAGRAPH:
            blank = text.rfind(" ", start + _PARAGRAPH - _GAP, start + _PARAGRAPH)
            until = blank + 1 if blank >= 0 else start + _PARAGRAPH
            yield start, until
            start = until
        if end > start:
            yield start, end


def find_pages(text: str, marks: Sequence[Mark]) -> list[Page]:
    """The pages of a text, at least one: as many paragraphs each as bytes and records allow."""
    ordered, firsts = sorted(marks), _find_firsts(marks)
    pages, start, used, records = list[Page](), 0, 0, 0
    for paragraph in _measure(text, ordered, firsts):
        if used and (used + paragraph.size > PAGE_BYTES or records + paragraph.records > PAGE_RECORDS):
            pages.append(Page(len(pages) + 1, start, paragraph.start))
            start, used, records = paragraph.start, 0, 0
        used += paragraph.size
        records += paragraph.records
    return [*pages, Page(len(pages) + 1, start, len(text))]


def find_page(pages: Sequence[Page], at: int) -> Page:
    """The page on which a place stands; the last one for what is beyond the text."""
    return next((each for each in pages if each.start <= at < each.end), pages[-1])


class _Paragraph(NamedTuple):
    start: int
    size: int
    records: int


def _find_firsts(marks: Iterable[Mark]) -> list[int]:
    """Where each record begins, in order."""
    firsts: dict[int, int] = {}
    for each in marks:
        firsts[each.number] = min(each.start, firsts.get(each.number, each.start))
    return sorted(firsts.values())


def _measure(text: str, ordered: Sequence[Mark], firsts: Sequence[int]) -> Iterator[_Paragraph]:
    """Paragraph by paragraph; marks are taken up and put down on the way, so that it takes one pass."""
    at, first, active = 0, 0, list[Mark]()
    for start, end in find_paragraphs(text):
        while at < len(ordered) and ordered[at].start < end:
            active.append(ordered[at])
            at += 1
        begun = first
        while first < len(firsts) and firsts[first] < end:
            first += 1
        part = text[start:end]
        size = len(render_marks(cut(part, active, start=start)).encode()) if active else len(escape(part).encode())
        yield _Paragraph(start, size + 20, first - begun)  # and its own tags
        active = [each for each in active if each.end > end]


def _render(piece: Piece) -> Markup:
    text = escape(piece.text).replace("\r", Markup("&#13;"))  # a bare one would be read as a line end
    if not piece.marks:
        return text
    kinds = " ".join(dict.fromkeys(LAYERS[each.layer] for each in piece.marks))
    states = " ".join(sorted({f"is-{each.review}" for each in piece.marks if each.review}))
    numbers = dict.fromkeys(each.number for each in piece.marks)
    named = " ".join(str(each.number) for each in piece.begins if each.layer in {"agreement", "claim"})
    values = {"class": f"m {kinds} {states}".strip(), "piece": piece, "number": piece.marks[-1].number}
    label = Markup(' data-n="{}"').format(named) if named else Markup("")
    records = " ".join(map(str, numbers))
    place = Markup('<a class="{}" id="p{}" data-r="{}"{} href="#r{}" tabindex="-1">{}</a>')
    return place.format(values["class"], piece.start, records, label, values["number"], text)
