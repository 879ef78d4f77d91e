import json
import os

import pytest

from pipeline.errors import FetchError
from pipeline.sources import folder
from pipeline.sources.folder import check_file, fetch_file, find_files, is_sidecar


def _make(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("France signed.")


def test_a_folder_gives_its_articles_sorted_and_nothing_else(tmp_path):
    _make(tmp_path, "b.txt", "a.MD", "c/d.html", "c/e.htm", ".hidden.txt", ".git/x.txt", "b.meta.json", "x.odt", "y")
    (tmp_path / "circle").symlink_to(tmp_path)

    found, failures = find_files(tmp_path)

    assert found == [str(tmp_path / name) for name in ("a.MD", "b.txt", "c/d.html", "c/e.htm")]
    assert failures == []


def test_a_folder_without_articles_is_one_error(tmp_path):
    _make(tmp_path, "x.odt")
    found, failures = find_files(tmp_path)
    assert found == []
    assert [str(failure) for failure in failures] == [
        f"{tmp_path}: has no article in it; these are read: .txt, .md, .html, .htm, .xhtml, .pdf, .docx, .zip"
    ]


def test_a_name_that_is_not_utf8_is_an_error_and_the_others_go_on(tmp_path):
    _make(tmp_path, "good.txt")
    bad = os.fsencode(tmp_path) + b"/bad\xff.txt"
    try:
        with open(bad, "wb"):  # noqa: PTH123 — pathlib takes no bytes
            pass
    except OSError:
        pytest.skip("this file system knows only UTF-8 names")

    found, failures = find_files(tmp_path)

    assert found == [str(tmp_path / "good.txt")]
    assert "its name is not valid UTF-8; rename it" in str(failures[0])
    str(failures[0]).encode()
    failures[0].address.encode()


def test_an_unknown_ending_is_named_with_those_that_are_known(tmp_path):
    _make(tmp_path, "report.odt")
    failure = check_file(tmp_path / "report.odt")
    assert "files with .odt are not read, only .txt, .md, .html, .htm, .xhtml, .pdf, .docx, .zip" in str(failure)
    assert failure.raw == b"France signed."  # for quarantine


@pytest.mark.parametrize("kind", ["missing", "too large"])
def test_what_cannot_be_read(tmp_path, monkeypatch, kind):
    path = tmp_path / "a.txt"
    if kind == "too large":
        _make(tmp_path, "a.txt")
        monkeypatch.setattr(folder, "MAX_FILE_BYTES", 10)
    with pytest.raises(FetchError) as caught:
        fetch_file(path)
    expected = {"missing": "there is no such file", "too large": "is larger than 10 bytes; an article is not: split it"}
    assert expected[kind] in str(caught.value)


def test_a_sidecar_says_what_the_bytes_do_not(tmp_path):
    _make(tmp_path, "a.txt")
    (tmp_path / "a.meta.json").write_text(json.dumps({"published": "2025-09-12", "authors": ["Anna"]}))

    assert fetch_file(tmp_path / "a.txt") == (
        "text/plain",
        b"France signed.",
        {"published": "2025-09-12", "authors": ["Anna"]},
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"\xff", "is no JSON"),
        (b"[]", 'must be an object like {"published": "2025-09-12"}'),
        (b'{"date": "2025"}', "unknown date; known are title"),
        (b'{"published": "12.9.2025"}', "published must be a day like 2025-09-12"),
    ],
)
def test_a_wrong_sidecar_fails_its_article_and_is_named(tmp_path, content, message):
    _make(tmp_path, "a.txt")
    (tmp_path / "a.meta.json").write_bytes(content)

    with pytest.raises(FetchError) as caught:
        fetch_file(tmp_path / "a.txt")

    assert str(caught.value).startswith(f"{tmp_path}/a.meta.json: ")
    assert message in str(caught.value)
    assert caught.value.address == str(tmp_path / "a.txt")
    assert caught.value.raw == b"France signed."


@pytest.mark.parametrize(
    ("name", "beside", "expected"),
    [
        ("one.meta.json", "one.txt", True),
        ("one.meta.json", "one.md", True),
        ("one.meta.json", "two.txt", False),
        ("one.meta.json", "one.odt", False),
        ("one.json", "one.txt", False),
    ],
)
def test_a_sidecar_belongs_to_an_article_beside_it(tmp_path, name, beside, expected):
    (tmp_path / name).write_text("{}", "utf-8")
    (tmp_path / beside).write_text("A pact.", "utf-8")

    assert is_sidecar(tmp_path / name) is expected
