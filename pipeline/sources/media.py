"""What kind of text some bytes are, by their name or by their looks."""

from pathlib import PurePath

#: file name endings that are articles, with their media types; one place to add a format
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

ARCHIVE = ".zip"  #: the ending of a file with such files in it


def media_type_of(name: str) -> str | None:
    """The media type by a file name's ending, in any case; None where the ending is not known."""
    return MEDIA_TYPES.get(PurePath(name).suffix.lower())


def known_endings() -> str:
    """The endings that are read, for a message: ``.txt, .md, …, .zip``."""
    return ", ".join([*MEDIA_TYPES, ARCHIVE])


def guess_media_type(body: bytes) -> str:
    """What the first bytes look like, where nothing says it (standard input, a server without a Content-Type)."""
    if body.startswith(b"%PDF-"):
        return MEDIA_TYPES[".pdf"]
    if body.startswith(b"PK\x03\x04"):
        # A Word document is a zip with this file in it; names stand unpacked.
        return MEDIA_TYPES[".docx"] if b"word/document.xml" in body else "application/zip"
    # Byte order marks, NULs of UTF-16 and white space may stand before the first tag.
    start = body[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return "text/html" if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else "text/plain"
