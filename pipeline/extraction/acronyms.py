"""Acronyms put in brackets behind what they stand for: "European Long-Range Strike Approach (ELSA)".

The long form is found by the algorithm of Schwartz and Hearst (2003): the acronym's letters are matched from the right
against the words before the bracket, the first letter at the start of a word.
"""

import re
from dataclasses import dataclass

from spacy.tokens import Doc

# An acronym: 2 to 10 characters, at least two capitals, as Schwartz and Hearst have it, without words in lower case.
_BRACKETED = re.compile(r"\((?:the )?[“\"‘']?(?P<short>[A-Za-z][A-Za-z0-9/&.-]{1,9})[”\"’']?\)")
MAX_LONG = 12  #: words a long form may have


@dataclass(frozen=True)
class Acronym:
    """A long form and its acronym, as token offsets of each."""

    long_start: int
    long_end: int
    short_start: int
    short_end: int


def find_acronyms(doc: Doc) -> list[Acronym]:
    """All acronyms that the text itself explains, in order."""
    found = []
    for match in _BRACKETED.finditer(doc.text):
        short = match["short"]
        if sum(c.isupper() for c in short) < 2:
            continue
        span = doc.char_span(match.start("short"), match.end("short"), alignment_mode="expand")
        acronym = _match_long(doc, span.start, span.end, short) if span is not None else None
        if acronym:
            found.append(acronym)
    return found


def _match_long(doc: Doc, short_start: int, short_end: int, short: str) -> Acronym | None:
    end = short_start
    while end > 0 and (not doc[end - 1].text[-1:].isalnum() or doc[end - 1].lower_ == "the"):
        end -= 1  # the bracket, a quotation mark, "(the “EPF”)"
    first = max(doc[end - 1].sent.start, end - MAX_LONG) if end else 0
    if end <= first:
        return None
    start = _long_start(doc, first, end, [c.lower() for c in short if c.isalnum()])
    if start is None or end - start < 2:
        return None
    return Acronym(start, end, short_start, short_end)


def _long_start(doc: Doc, first: int, end: int, letters: list[str]) -> int | None:
    """The token where the long form starts; the first letter must begin a word, the others stand anywhere in order."""
    text, offset = doc[first:end].text.lower(), doc[first].idx
    position = len(text)
    for index in range(len(letters) - 1, -1, -1):
        position -= 1
        while position >= 0 and (
            text[position] != letters[index] or (index == 0 and position and text[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
    return next(i for i in range(end - 1, first - 1, -1) if doc[i].idx <= offset + position)
