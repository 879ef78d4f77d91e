"""What the encoder reads of a Doc: the word pieces of its tokens, in windows that end with paragraphs where they can.

A window has at most :data:`WINDOW` pieces (the encoder takes 512; attention grows with the square).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc
from tokenizers import Tokenizer

WINDOW = 300  #: pieces: two or three paragraphs, so that a name and what is said of it later are mostly read together
MAX_PIECES = 8  #: of one token: addresses and codes of a hundred letters say no more than their first pieces


@dataclass(frozen=True)
class Window:
    """Piece ids with the two special ones around them, and beside each the index of its token (-1 for the special ones)."""

    pieces: tuple[int, ...]
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class _Unit:
    """A sentence, or a part of one that is longer than a window."""

    start: int
    end: int
    size: int  #: pieces
    paragraph: int


def cut_windows(doc: Doc, tokenizer: Tokenizer) -> list[Window]:
    """All tokens of a Doc in windows: a paragraph is kept whole where it fits, then a sentence is.

    Args:
        doc: with sentence starts.
        tokenizer: of the encoder, without padding and truncation.
    """
    words = [token.text.strip() for token in doc]
    ids = [encoding.ids[:MAX_PIECES] for encoding in tokenizer.encode_batch(words, add_special_tokens=False)]
    first, last = tokenizer.encode("").ids  # the two special ones stand around everything
    windows = []
    for start, end in _ranges(_units(doc, [len(pieces) for pieces in ids])):
        if not any(is_word(token.text) for token in doc[start:end]):
            continue  # figures, signs, emoji or another script alone: nothing is said there in English
        pieces = [piece for i in range(start, end) for piece in ids[i]]
        tokens = [i for i in range(start, end) for _ in ids[i]]
        windows.append(Window((first, *pieces, last), (-1, *tokens, -1)))
    return windows


def is_word(text: str) -> bool:
    """Whether a token has a letter of the Latin alphabet, accents aside: "treaty", "É."; not "1,000", "—" or "معاهدة"."""
    return any(character.isalpha() and character < "\u0250" for character in text)


def find_paragraphs(doc: Doc) -> list[int]:
    """The number of each token's paragraph, from 0; a line break ends one."""
    number, numbers = 0, []
    for token in doc:
        if token.i and "\n" in doc[token.i - 1].text:
            number += 1
        numbers.append(number)
    return numbers


def _units(doc: Doc, sizes: list[int]) -> list[_Unit]:
    paragraphs = find_paragraphs(doc)
    units = []
    for sent in doc.sents:
        start = sent.start
        while start < sent.end:
            end, size = start, 0
            while end < sent.end and size + sizes[end] <= WINDOW:
                size += sizes[end]
                end += 1
            units.append(_Unit(start, end, size, paragraphs[start]))
            start = end
    return units


def _ranges(units: list[_Unit]) -> Iterator[tuple[int, int]]:
    """Token ranges of the windows; a paragraph that would be cut starts a window of its own."""
    whole: dict[int, int] = {}
    for unit in units:
        whole[unit.paragraph] = whole.get(unit.paragraph, 0) + unit.size
    start = end = size = 0
    before = -1
    for unit in units:
        fits = unit.paragraph == before or whole[unit.paragraph] > WINDOW
        needed = unit.size if fits else whole[unit.paragraph]
        if end > start and size + needed > WINDOW:
            yield start, end
            start, size = unit.start, 0
        end, size, before = unit.end, size + unit.size, unit.paragraph
    if end > start:
        yield start, end
