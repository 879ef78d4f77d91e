"""Printed lines to running text: which of them go on with the sentence before, and which begin a paragraph."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

#: stands at a line's end where the printer broke a word; a written hyphen may be either
BROKEN = "\u00ad"

# All are shares of a line's height; printed paragraphs are set apart by at least half a line or by 1 em.
_APART = 1.3  # of the usual distance between two lines, above which a paragraph ends
_INDENT = 0.8  # to the right of the line before: the first line of a paragraph
_OTHER_SIZE = 0.15  # of difference in height: a heading, a note
_SHORT = 0.85  # of the width of the text: the last line of a paragraph

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*\s*$")
_ITEM = re.compile(r"^\s*(?:[•▪◦‣●■–—-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_HYPHEN = re.compile(rf"(\w+)[-‐{BROKEN}]$")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed line; places in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Of the font, not of the letters in the line."""
        return self.top - self.bottom


def join_lines(pages: Sequence[Sequence[Line]]) -> str:
    """The text of all pages, an empty line between paragraphs, a line for each item of a list.

    ``exam-`` and ``ple`` become ``example``, unless the text has ``exam-ple`` or the second half begins with a capital or a
    figure (``EU-`` ``Japan``).
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    pitch = _find_pitch(pages)
    right = _find_edge(lines)
    whole = Counter(word.lower() for line in lines for word in re.findall(r"\w+(?:-\w+)+", line.text))
    text = lines[0].text.strip()
    for before, line in pairwise(lines):
        gap = _separate(before, line, pitch=pitch, right=right)
        if gap == " ":
            text = _continue(text, line.text.strip(), whole)
        else:
            text += gap + line.text.strip()
    return text.replace(BROKEN, "")


def _separate(before: Line, line: Line, *, pitch: float, right: float) -> str:
    """What stands between two lines: a space, or a line's or a paragraph's end."""
    height = max(before.height, line.height, 1.0)
    if abs(before.height - line.height) > _OTHER_SIZE * height:
        return "\n\n"
    ends = bool(_SENTENCE_END.search(before.text))
    if _ITEM.match(line.text):
        return "\n" if _ITEM.match(before.text) or not ends else "\n\n"
    down = before.bottom - line.bottom
    if down <= 0 or down > 10 * height:  # the next column or page: only the words can tell
        return "\n\n" if ends else " "
    if pitch and down > _APART * pitch:
        return "\n\n"
    is_short = before.right - before.left < _SHORT * (right - before.left)
    is_indented = line.left - before.left > _INDENT * height
    return "\n\n" if ends and (is_short or is_indented) else " "


def _continue(text: str, following: str, whole: Counter[str]) -> str:
    broken = _HYPHEN.search(text[-60:])
    first = re.match(r"\w+", following)
    if broken is None or first is None:
        return f"{text} {following}"
    if not first[0][0].islower() or whole[f"{broken[1]}-{first[0]}".lower()]:
        return f"{text[:-1]}-{following}"
    return text[:-1] + following


def _find_pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance from one line to the next, 0 where there are none."""
    steps = [down for page in pages for down in _steps(page)]
    return median(steps) if steps else 0.0


def _steps(page: Sequence[Line]) -> Iterator[float]:
    for before, line in pairwise(page):
        down = before.bottom - line.bottom
        if 0 < down < 3 * max(before.height, 1.0):
            yield down


def _find_edge(lines: Sequence[Line]) -> float:
    """Where full lines end: nine in ten end before it."""
    ends = sorted(line.right for line in lines)
    return ends[len(ends) * 9 // 10]
