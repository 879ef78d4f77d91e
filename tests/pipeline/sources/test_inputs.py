import io
import json
import os
from datetime import UTC
from types import SimpleNamespace

import pytest

from pipeline.errors import FetchError, InputError, RefusedError
from pipeline.settings import Settings
from pipeline.sources.inputs import FoundInputs, fetch_article, find_addresses


@pytest.fixture
def articles(tmp_path):
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    for name in ("one.txt", "folder/b.txt", "folder/a.md", "folder/deep/c.html", "report.odt"):
        (tmp_path / name).write_text("France signed.")
    return tmp_path


def test_inputs_lead_to_addresses_in_a_fixed_order_without_doubles(articles, monkeypatch):
    monkeypatch.chdir(articles)

    found = find_addresses(["https://Example.org/a#b", "folder", "-", "folder/../folder/b.txt", "one.txt", "-"])

    assert found.failures == ()
    assert found.addresses == (
        "https://example.org/a",
        *(str(articles / name) for name in ("folder/a.md", "folder/b.txt", "folder/deep/c.html")),
        "-",
        str(articles / "one.txt"),
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("missing.txt", "missing.txt: there is no such file or folder; give a file, a folder, a web address or -"),
        ("empty", "empty: has no article in it; these are read: .txt, .md, .html, .htm, .xhtml, .pdf, .docx, .zip"),
        ("report.odt", "files with .odt are not read, only .txt, .md, .html, .htm, .xhtml, .pdf, .docx, .zip"),
        ("", "is empty"),
        ("a\0b.txt", "null"),
        ("x" * 5000, "too long"),
        ("pipe.txt", "is neither a file nor a folder"),
        ("ftp://example.org/a", "only http and https"),
        ("http://user:secret@example.org/", "carries a user name or password"),
        ("\udcff.txt", "there is no such file or folder"),
    ],
)
def test_a_bad_input_is_one_error_and_the_others_go_on(articles, monkeypatch, given, message):
    monkeypatch.chdir(articles)
    os.mkfifo(articles / "pipe.txt")

    found = find_addresses(["one.txt", given, "folder/a.md"])

    assert found.addresses == (str(articles / "one.txt"), str(articles / "folder/a.md"))
    (failure,) = found.failures
    assert message in str(failure)
    assert failure.stage == "fetch"
    for text in (str(failure), failure.address):
        assert "\n" not in text
        assert "secret" not in text
        assert "\0" not in text
        text.encode()


def test_a_file_with_sidecar_and_options(articles):
    (articles / "one.meta.json").write_text(json.dumps({"published": "2025", "publisher": "The Daily"}))

    raw = fetch_article(
        str(articles / "one.txt"), settings=Settings(), given={"published": "2025-09-12", "title": None}
    )

    assert raw.address == str(articles / "one.txt")
    assert raw.media_type == "text/plain"
    assert raw.body == b"France signed."
    assert raw.given == {"published": "2025-09-12", "publisher": "The Daily"}
    assert raw.fetched_at.tzinfo is UTC


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"France signed.")))
    raw = fetch_article("-", settings=Settings())
    assert raw.address.startswith("stdin:")
    assert raw.body == b"France signed."


def test_a_web_page_keeps_the_address_it_was_asked_for_by(web):
    raw = fetch_article(f"{web.url}/hop/1?utm_source=x", settings=Settings(fetch_allow_private=True))
    assert raw.address == f"{web.url}/hop/1"
    assert raw.media_type.startswith("text/html")


@pytest.mark.parametrize(
    ("address", "error"),
    [("/missing.txt", FetchError), ("http://127.0.0.1/", RefusedError), ("http://localhost/", RefusedError)],
)
def test_what_cannot_be_fetched(address, error):
    with pytest.raises(error):
        fetch_article(address, settings=Settings())


def test_wrong_options_are_an_input_error(articles):
    with pytest.raises(InputError, match="options: published must be a day"):
        fetch_article(str(articles / "one.txt"), settings=Settings(), given={"published": "yesterday"})


def test_sidecars_that_a_pattern_names_are_no_inputs_of_their_own(tmp_path):
    (tmp_path / "one.txt").write_text("A pact.", "utf-8")
    (tmp_path / "one.meta.json").write_text("{}", "utf-8")

    found = find_addresses([str(path) for path in sorted(tmp_path.iterdir())])

    assert found == FoundInputs(addresses=(str(tmp_path / "one.txt"),), failures=())
