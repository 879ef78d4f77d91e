"""Cutting a quote out of an article: whole sentences where they fit, whole words always."""

import re

from pipeline.brief.page import Quote

# Two lines of a printed page: enough for a sentence of policy prose (median 140 characters), short enough to skim.
QUOTE_WIDTH = 200

# Good enough to cut a quote, not to analyse one: a wrong cut after "U.S." only shortens what is shown.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
# "- ", "4.3 ", "2) ": the mark of a list before the words, which is not theirs.
_LIST_MARK = re.compile(r"^(?:[-–•*]|\d+(?:\.\d+)*[.)]?)\s+(?=\S|$)")
ELLIPSIS = "…"


def cut_quote(text: str, start: int, end: int, *, width: int = QUOTE_WIDTH) -> Quote:
    """The words ``text[start:end]`` with what stands around them, about ``width`` characters in all.

    The paragraph is taken where it fits, else the sentence, else as many whole words on both sides as fit (those left
    out are marked by an ellipsis). Words that are longer than ``width`` themselves are cut at a word's end. White space
    within the quote is made single spaces. Example, width 30: ``"…Norland signed «the treaty» on…"``.

    Args:
        text: the article's text.
        start: offset of the words that matter.
        end: offset after them.
        width: characters of the whole quote, ellipses not counted.
    """
    end = min(end, start + _last_word_end(text[start:end], width))
    for low, high in (_paragraph(text, start, end), _sentence(text, start, end)):
        if len(text[low:high].strip()) <= width:
            return _make(text, (low, start, end, high), cut=(False, False))
    low, high = _sentence(text, start, end)
    return _cut_around(text, (low, start, end, high), width)


def _last_word_end(words: str, width: int) -> int:
    if len(words) <= width:
        return len(words)
    at = words.rfind(" ", width // 2, width + 1)
    return at if at > 0 else width


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    return low, len(text) if high < 0 else high


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    low, high = _paragraph(text, start, end)
    ends = [low + match.end() for match in _SENTENCE_END.finditer(text[low:high])]
    return max([low, *(e for e in ends if e <= start)]), min([high, *(e for e in ends if e >= end)])


def _cut_around(text: str, bounds: tuple[int, int, int, int], width: int) -> Quote:
    low, start, end, high = bounds
    spare = width - (end - start)
    # Two thirds before the words would hide what follows them; English puts the news after the name.
    first = max(low, start - max(spare // 3, spare - (high - end)))
    last = min(high, end + spare - (start - first))
    if first > low:
        first = _next_word(text, first, start)
    if last < high:
        last = _previous_word_end(text, end, last)
    return _make(text, (first, start, end, last), cut=(first > low, last < high))


def _next_word(text: str, at: int, stop: int) -> int:
    space = re.compile(r"\s").search(text, at - 1, stop)
    return space.end() if space else stop


def _previous_word_end(text: str, stop: int, at: int) -> int:
    spaces = [match.start() for match in re.finditer(r"\s", text[stop : at + 1])]
    return stop + spaces[-1] if spaces else stop


def _make(text: str, bounds: tuple[int, int, int, int], *, cut: tuple[bool, bool]) -> Quote:
    low, start, end, high = bounds
    before, words, after = (re.sub(r"\s+", " ", part) for part in (text[low:start], text[start:end], text[end:high]))
    before, words, after = (part.replace("**", "") for part in (before, words, after))  # Markdown's bold
    before, after = _LIST_MARK.sub("", before.lstrip()), after.rstrip()
    return Quote(before=(ELLIPSIS if cut[0] else "") + before, words=words, after=after + (ELLIPSIS if cut[1] else ""))
