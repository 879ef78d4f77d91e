"""An article cut into passages: the units that are embedded, searched and clustered.

A passage is a paragraph, or consecutive short ones within a section; a section begins at a heading. The heading belongs
to the first passage below it: it says what the words are about, and a line taken for a heading by mistake is not lost.
So passages cover every character of the text but white space.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.records import Article, Passage, make_record_id, normalise

_JOIN_WORDS = 120  # short paragraphs are joined up to here: about the length of one ordinary news paragraph or two
# MiniLM reads 256 word pieces, about 190 English words: what lies further on would be cut off unseen.
_MAX_WORDS = 180
# 180 English words are about 1,100 characters: this bites only where spaces are rare (tables, URLs, Chinese).
_MAX_CHARS = 2_000
_HEADING_WORDS = 14  # longest heading of the sample articles; a sentence without its stop is usually longer
_WRAP_COLUMNS = 120  # nobody wraps prose at more columns; a paragraph on one line is nearly always longer

_WORD = re.compile(r"\S{1,400}")  # a "word" of more characters is no word: it may be cut
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_LIST_ITEM = re.compile(r"(?:[-*+•–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_STOP = re.compile(r"[.!?…:;,][\"'”’»)\]*_]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading, a paragraph, or a piece of a long one."""

    start: int
    end: int
    words: int
    is_heading: bool = False


def find_passages(article: Article) -> tuple[Passage, ...]:
    """The passages of an article, in its order.

    Forms: a paragraph on a line of its own, or lines wrapped at a column with blank lines between paragraphs; headings
    as short lines without a final stop ("Momentum is building") or in Markdown ("## Momentum"). A paragraph of more
    words than an encoder reads is split between sentences, and inside one only where it is that long itself.

    Returns:
        Spans trimmed of white space, in order, none overlapping; ids hold no offsets (equal passages are counted).
    """
    pieces = [piece for block in _find_blocks(article.text) for piece in _split_block(article.text, block)]
    seen: Counter[str] = Counter()
    passages = []
    for group in _group_blocks(pieces):
        start, end = group[0].start, group[-1].end
        text = article.text[start:end]
        anchor = normalise(text)
        passage_id = make_record_id("pa", article.id, anchor, seen[anchor])
        seen[anchor] += 1
        passages.append(Passage(id=passage_id, article_id=article.id, start=start, end=end, text=text))
    return tuple(passages)


def _find_blocks(text: str) -> list[_Block]:
    lines = _find_lines(text)
    paragraphs = _join_wrapped(text, lines) if _is_wrapped(lines) else [line for line in lines if line[0] < line[1]]
    return [_make_block(text, start, end) for start, end in paragraphs]


def _find_lines(text: str) -> list[tuple[int, int]]:
    # Trimmed; a blank line stays as an empty span, since it ends a wrapped paragraph.
    lines, offset = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        start = offset + (len(line) - len(line.lstrip()) if bare else 0)
        lines.append((start, start + len(bare)))
        offset += len(line) + 1
    return lines


def _is_wrapped(lines: list[tuple[int, int]]) -> bool:
    # One line in ten may be longer: a URL or a table row does not wrap. Without blank lines nothing says where to join.
    lengths = [end - start for start, end in lines if end > start]
    is_spaced = any(start == end for start, end in lines[1:-1])
    return is_spaced and sum(length > _WRAP_COLUMNS for length in lengths) * 10 <= len(lengths)


def _join_wrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for is_blank, run in groupby(lines, key=lambda line: line[0] == line[1]):
        if is_blank:
            continue
        paragraph: list[tuple[int, int]] = []
        for line in run:
            # A Markdown heading and a list item need no blank line before them, and a heading none after it.
            if paragraph and (_opens_block(text, line) or _MARKDOWN_HEADING.match(text, paragraph[-1][0])):
                yield paragraph[0][0], paragraph[-1][1]
                paragraph = []
            paragraph.append(line)
        yield paragraph[0][0], paragraph[-1][1]


def _opens_block(text: str, line: tuple[int, int]) -> bool:
    return bool(_MARKDOWN_HEADING.match(text, line[0]) or _LIST_ITEM.match(text, line[0]))


def _make_block(text: str, start: int, end: int) -> _Block:
    words = sum(1 for _ in _WORD.finditer(text, start, end))
    return _Block(start, end, words, _is_heading(text[start:end], words))


def _is_heading(line: str, words: int) -> bool:
    if "\n" in line or words > _HEADING_WORDS or len(line) > _WRAP_COLUMNS:
        return False
    if _MARKDOWN_HEADING.match(line):
        return True
    return not _STOP.search(line) and not _LIST_ITEM.match(line)


def _split_block(text: str, block: _Block) -> Iterable[_Block]:
    parts = max(-(-block.words // _MAX_WORDS), -(-(block.end - block.start) // _MAX_CHARS))
    if parts == 1:
        return [block]
    # Pieces of about equal length, so that no crumb of a last sentence is left over.
    target = -(-block.words // parts)
    pieces: list[_Block] = []
    for sentence in _find_sentences(text, block):
        last = pieces[-1] if pieces else None
        if last is None or last.words >= target or not _fits(last, sentence, _MAX_WORDS):
            pieces.append(sentence)
        else:
            pieces[-1] = _Block(last.start, sentence.end, last.words + sentence.words)
    return pieces


def _find_sentences(text: str, block: _Block) -> Iterator[_Block]:
    # Nothing finer is needed: a wrong cut after "Gen." moves a boundary of a passage by a few words.
    start, words, end = block.start, 0, block.start
    for word in _WORD.finditer(text, block.start, block.end):
        if words >= _MAX_WORDS or (words and word.end() - start > _MAX_CHARS):
            yield _Block(start, end, words)
            start, words = word.start(), 0
        start = start if words else word.start()
        words, end = words + 1, word.end()
        if _SENTENCE_END.search(word[0]):
            yield _Block(start, end, words)
            words = 0
    if words:
        yield _Block(start, end, words)


def _fits(left: _Block, right: _Block, words: int) -> bool:
    return left.words + right.words <= words and right.end - left.start <= _MAX_CHARS


def _group_blocks(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    group: list[_Block] = []
    for block in blocks:
        if group and not _belongs(group, block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _belongs(group: list[_Block], block: _Block) -> bool:
    if block.is_heading and not group[-1].is_heading:
        return False  # a new section
    span = _Block(group[0].start, group[-1].end, sum(member.words for member in group))
    # Below its heading a paragraph of any length stands with it; the limit is then what an encoder reads, and a little.
    limit = _MAX_WORDS + _HEADING_WORDS if group[-1].is_heading and not block.is_heading else _JOIN_WORDS
    return _fits(span, block, limit)
