"""DOCX: paragraphs and tables in the order of the body, as they read once all changes are accepted."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from pipeline.reading.metadata import (
    Metadata,
    Reading,
    clean_language,
    clean_line,
    clean_names,
    drop_unstorable,
    merge_metadata,
    name_origin,
)

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# What is in the file but not in the text: deleted and moved words, field codes, and the second copy of a text box.
_UNREAD = {f"{_WORD}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")} | {_FALLBACK}
_SIGNS = {f"{_WORD}tab": " ", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}

# An article's words are a few hundred kilobytes of XML; pictures are packed already, so nothing honest grows like this.
_MOST_UNPACKED = 100_000_000

#: python-docx's own template has this author; so have files that were made with it
_TEMPLATE_AUTHOR = "python-docx"


def read_docx(body: bytes) -> Reading:
    """The text of a Word document: an empty line between paragraphs, a line for each list item and table row.

    Cells are separated by `` | ``. Insertions are read, deletions are not; headers, footers, notes and comments are
    left out. Title, authors and language are those of the document's properties.

    Raises:
        ValueError: it is damaged, protected with a password, or unpacks to more than 100 MB.
    """
    _check_archive(body)
    try:
        document = docx.Document(io.BytesIO(body))
        content = document.element.body
    except (OpcError, KeyError, ValueError, AttributeError, etree.LxmlError, zipfile.BadZipFile, OSError) as error:
        raise ValueError("is no DOCX that can be opened; save it again, or as PDF or text") from error
    properties = document.core_properties
    authors = [name for name in (properties.author or "").split(";") if name.strip() != _TEMPLATE_AUTHOR]
    said = Metadata(
        title=clean_line(properties.title), authors=clean_names(authors), language=clean_language(properties.language)
    )
    seen = Metadata(title=_find_title(content))
    metadata = merge_metadata([name_origin(said, "docx properties"), name_origin(seen, "docx heading")])
    return Reading(text=_join(content), metadata=metadata, body="docx")


def _check_archive(body: bytes) -> None:
    if body.startswith(b"\xd0\xcf\x11\xe0"):  # the old container, which an encrypted new document lies in too
        raise ValueError("is an old or a protected Word file; save it as DOCX without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ValueError("is no DOCX: it cannot be unpacked; save it again, or as PDF or text") from error
    if size > _MOST_UNPACKED:
        raise ValueError(f"unpacks to {size:,} bytes, more than the {_MOST_UNPACKED:,} that are read")


def _join(content: etree._Element) -> str:
    pieces: list[str] = []
    was_line = False
    for text, is_line in _find_blocks(content):
        if pieces:
            pieces.append("\n" if is_line and was_line else "\n\n")
        pieces.append(text)
        was_line = is_line
    return "".join(pieces)


def _find_blocks(parent: etree._Element) -> Iterator[tuple[str, bool]]:
    """Paragraphs and rows with words in them, and whether each is one line of several (an item, a row)."""
    for element in parent:
        if element.tag == f"{_WORD}p":
            text = _read_words(element)
            if text:
                yield text, element.find(f"{_WORD}pPr/{_WORD}numPr") is not None
        elif element.tag == f"{_WORD}tbl":
            rows = (" | ".join(map(_read_cell, _find_parts(row, "tc"))) for row in _find_parts(element, "tr"))
            yield from ((row, True) for row in rows if row.strip(" |"))
        elif element.tag not in _UNREAD:  # controls and other wrappers: what is in them belongs to the body
            yield from _find_blocks(element)


def _find_parts(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row; those of a table within a cell belong to that cell."""
    for child in element:
        if child.tag == f"{_WORD}{name}":
            yield child
        elif child.tag not in _UNREAD:
            yield from _find_parts(child, name)


def _read_cell(cell: etree._Element) -> str:
    return " ".join(" ".join(text.split()) for text, _ in _find_blocks(cell))


def _read_words(paragraph: etree._Element) -> str:
    text = "".join(_find_words(paragraph))
    lines = (" ".join(drop_unstorable(line).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _find_words(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{_WORD}p":  # of a text box within the paragraph
            yield "\n"
            yield from _find_words(child)
        elif child.tag not in _UNREAD:
            yield from _find_words(child)


def _find_title(content: etree._Element) -> str | None:
    for paragraph in content.iter(f"{_WORD}p"):
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        name = style.get(f"{_WORD}val", "") if style is not None else ""
        if name in {"Title", "Heading1"}:
            return clean_line(_read_words(paragraph))
    return None
