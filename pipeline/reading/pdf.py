"""PDF: the words of all pages as one text, without running heads and page numbers, lines and hyphens rejoined."""

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.reading.lines import BROKEN, Line, join_lines
from pipeline.reading.metadata import Metadata, Reading, clean_line, clean_names, drop_unstorable, name_origin
from pipeline.reading.pages import drop_running_heads

_LINE_ENDS = (10, 13)
_BREAKS = (0x02, 0xFFFE)  # how pdfium, by version, gives a hyphen at a line's end

_SAMPLE = 6  # characters of a line that are looked at for its size and place

_PASSWORD = 4  # FPDF_ERR_PASSWORD, as pypdfium2 passes it on

# A title that names a file, or what the writing program put there by itself.
_FILE_TITLE = re.compile(
    r"\.(docx?|pdf|indd|qxp|qxd|rtf|odt|pub|tex|dvi)$|^(microsoft word|untitled|layout)\b", re.IGNORECASE
)


def read_pdf(body: bytes) -> Reading:
    """The text of a PDF in its pages' order, an empty line between paragraphs.

    Title and authors are those of its properties; the day it was made is not taken for the day it was published.

    Raises:
        ValueError: it is damaged, protected with a password, or its pages are pictures.
    """
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise ValueError("is protected with a password; save it without one") from error
        raise ValueError("is no PDF that can be opened; save it again, or as text") from error
    try:
        pages = [_read_page(document, number) for number in range(len(document))]
        facts = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    if not any(pages):
        raise ValueError("has no words in it: its pages are pictures; run text recognition (OCR) over it first")
    return Reading(text=join_lines(drop_running_heads(pages)), metadata=_to_metadata(facts), body="pdf")


def _read_page(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    try:
        page = document[number]
        words = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []  # a damaged page costs its own words only
    try:
        return list(_merge(_find_lines(words)))
    finally:
        words.close()
        page.close()


def _find_lines(words: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The lines with their places, in the order they are drawn."""
    codes = [pdfium.FPDFText_GetUnicode(words.raw, place) for place in range(words.count_chars())]
    start = 0
    for place, code in enumerate([*codes, _LINE_ENDS[0]]):
        if code in _LINE_ENDS or code in _BREAKS:
            line = _make_line(words, codes, start, place)
            if line is not None:
                # pdfium gives a hyphen at a line's end as a sign of its own, without an end of the line.
                yield replace(line, text=line.text + BROKEN) if code in _BREAKS else line
            start = place + 1


def _make_line(words: pypdfium2.PdfTextPage, codes: list[int], start: int, end: int) -> Line | None:
    text = "".join(map(chr, codes[start:end])).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    text = " ".join(drop_unstorable(text).split())
    inked = [place for place in range(start, end) if not chr(codes[place]).isspace()]
    if not text or not inked:
        return None
    boxes = [words.get_charbox(place, loose=True) for place in (*inked[:: len(inked) // _SAMPLE + 1], inked[-1])]
    # The middle one: a bullet or a word of code at its start does not make the line another size.
    bottom, top = (median(box[side] for box in boxes) for side in (1, 3))
    return Line(text=text, left=boxes[0][0], right=boxes[-1][2], top=top, bottom=bottom)


def _merge(lines: Iterator[Line]) -> Iterator[Line]:
    """Pieces that stand side by side (a number and its heading, cells of a table) become one line."""
    waiting: Line | None = None
    for line in lines:
        if waiting is not None and _is_beside(waiting, line):
            waiting = replace(waiting, text=f"{waiting.text} {line.text}", right=line.right)
            continue
        if waiting is not None:
            yield waiting
        waiting = line
    if waiting is not None:
        yield waiting


def _is_beside(one: Line, other: Line) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.5 * min(one.height, other.height) and other.left >= one.right and not one.text.endswith(BROKEN)


def _to_metadata(facts: dict[str, str]) -> Metadata:
    title = clean_line(facts.get("Title"))
    metadata = Metadata(
        title=None if title and _FILE_TITLE.search(title) else title,
        authors=clean_names((facts.get("Author") or "").split(";")),
    )
    return name_origin(metadata, "pdf properties")
