"""The sentence around some words, for people to read; no model, so that a report needs none."""

import re

from pipeline.records import Span

# A stop, perhaps a closing quote or bracket, and a blank before a capital, a digit or a quote; or a line's end. Wrong
# behind some abbreviations ("Gen. Smith"), which a reader of a report does not mind.
_END = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]?[A-Z0-9])|\n+")


def find_sentence(text: str, span: Span) -> Span:
    """The sentence a span begins in, on to the end of the one it ends in."""
    start, end = 0, len(text)
    for gap in _END.finditer(text):
        if gap.end() <= span.start:
            start = gap.end()
        elif gap.start() >= span.end:
            end = gap.start()
            break
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start=start, end=start + len(words.strip()), text=words.strip())
