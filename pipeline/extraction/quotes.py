"""Direct quotations: where they begin and end, and which are said by whom.

Handles curly, straight and angle marks, British single marks, quotations over several sentences, and those that are
reopened in the next paragraph without having been closed. An unbalanced mark never reaches beyond its paragraph.
"""

from dataclasses import dataclass

from spacy.tokens import Doc, Span

_OPEN = {"“": "”", "«": "»", "„": "“", "‘": "’"}
_STRAIGHT = frozenset({'"', "``", "''"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: the tokens between its marks, end exclusive."""

    start: int
    end: int
    is_continued: bool = False  #: the paragraph before ended inside the same quotation


def find_quotes(doc: Doc) -> list[Quote]:
    """All quotations with at least one word in them, in order; one pass, whatever the text holds."""
    quotes: list[Quote] = []
    opened: tuple[int, str] | None = None  # first token inside, and the mark that closes it
    carried = False
    for token in doc:
        if token.is_space and "\n" in token.text:
            carried = (
                opened is not None
                and _close(quotes, doc[opened[0] : token.i], is_continued=carried)
                and opened[1] == "”"
            )
            opened = None
        elif opened is not None and _closes(doc, token.i, opened[1]):
            _close(quotes, doc[opened[0] : token.i], is_continued=carried)
            opened, carried = None, False
        elif opened is None and (mark := _opens(doc, token.i)):
            is_first = token.i == 0 or "\n" in doc[token.i - 1].text
            opened, carried = (token.i + 1, mark), carried and is_first
    if opened is not None:
        _close(quotes, doc[opened[0] : len(doc)], is_continued=carried)
    return quotes


def _close(quotes: list[Quote], inside: Span, *, is_continued: bool) -> bool:
    if any(token.is_alpha for token in inside):
        quotes.append(Quote(inside.start, inside.end, is_continued=is_continued))
        return True
    return False


def _opens(doc: Doc, i: int) -> str | None:
    """The mark that will close a quotation which opens here, or None."""
    text = doc[i].text
    if text in _STRAIGHT:
        # 5" is a length
        return '"' if not (i and doc[i - 1].like_num and not doc[i - 1].whitespace_) else None
    if text == "‘" and i and not doc[i - 1].whitespace_ and not doc[i - 1].is_space:
        return None
    return _OPEN.get(text)


def _closes(doc: Doc, i: int, mark: str) -> bool:
    text = doc[i].text
    if mark == '"':
        return text in _STRAIGHT or text == "”"
    if mark == "’" and text == "’":
        # "the allies’ plan" does not close: a word follows and no mark stands before
        return i + 1 == len(doc) or doc[i - 1].is_punct or doc[i + 1].is_punct or doc[i + 1].is_space
    return text == mark or (
        mark == "”" and text in _STRAIGHT
    )  # “no evidence": marks of two kinds, as pasted texts have them
