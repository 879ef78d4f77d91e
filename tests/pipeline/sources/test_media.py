import pytest

from pipeline.sources.media import guess_media_type, known_endings, media_type_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "text/plain"),
        ("A.TXT", "text/plain"),
        ("/x/a.b.md", "text/markdown"),
        ("a.html", "text/html"),
        ("a.htm", "text/html"),
        ("a.pdf", "application/pdf"),
        ("a.odt", None),
        ("a", None),
        (".txt", None),
    ],
)
def test_media_type_by_name(name, expected):
    assert media_type_of(name) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<!DOCTYPE html><p>x", "text/html"),
        (b"\xef\xbb\xbf \n<HTML>", "text/html"),
        ("\ufeff<html>".encode("utf-16-le"), "text/html"),
        (b"France <html> signed", "text/plain"),
        (b"", "text/plain"),
    ],
)
def test_media_type_by_looks(body, expected):
    assert guess_media_type(body) == expected


def test_known_endings_are_named():
    assert known_endings() == ".txt, .md, .html, .htm, .xhtml, .pdf, .docx, .zip"
