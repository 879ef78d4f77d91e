"""A tree of elements to text: an empty line between blocks, a line for each item and table row."""

import re

from lxml import etree

from pipeline.reading.metadata import drop_unstorable

# Elements that stand on lines of their own, with what separates them from what stands before: of HTML, and of the tree
# that trafilatura makes of it (head, quote, list, item, row, lb).
_BLOCKS = (
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr main ol p pre section table ul head quote list code"
)
_LINES = "li tr br item row lb"
_BREAKS = dict.fromkeys(_BLOCKS.split(), "\n\n") | dict.fromkeys(_LINES.split(), "\n")
_CELLS = {"cell", "td", "th"}
_SILENT = {"script", "style", "noscript", "template", "svg"}  # never words, whatever an extractor leaves in

_STRENGTH = ("", " ", " | ", "\n", "\n\n")


def to_text(body: etree._Element) -> str:
    """The words of a tree as they are read: cells of a table are separated by `` | ``, white space is collapsed."""
    pieces: list[str] = []
    waiting = ""  # the strongest break since the last words
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if isinstance(element.tag, str):
            waiting = max(waiting, _separator(element, event), key=_STRENGTH.index)
        words = drop_unstorable(re.sub(r"\s+", " ", _words(element, event, body)))
        if not words.strip():
            pieces.append("" if waiting else words)
            continue
        pieces += [waiting, words.lstrip() if waiting else words]
        waiting = ""
    return re.sub(r" +\n", "\n", "".join(pieces)).strip()


def _words(element: etree._Element, event: str, body: etree._Element) -> str:
    """Of an element at its start, what stands behind it at its end; a comment has only the latter."""
    if event == "start":
        return "" if element.tag in _SILENT else element.text or ""
    return "" if element is body else element.tail or ""


def _separator(element: etree._Element, event: str) -> str:
    """The break before an element's words (start) or behind them (end)."""
    parent = element.getparent()
    if parent is not None and parent.tag in _CELLS:
        return " " if element.tag in _BREAKS else ""  # a row is one line, whatever stands in its cells
    if element.tag in _CELLS:
        return " | " if event == "start" and element.getprevious() is not None else ""
    return _BREAKS.get(str(element.tag), "")
