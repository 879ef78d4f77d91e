import json

import pytest

from pipeline.cli.extract import find_stem

TEXT = "Norway and Iceland signed the Bergen Treaty in Bergen on 12 March 2025.\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("bergen.txt", "more/bergen.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(TEXT, "utf-8")
    (tmp_path / "in" / "bergen.meta.json").write_text('{"title": "Bergen", "published": "2025-03-13"}')
    return tmp_path / "in"


def test_one_article_goes_to_standard_output_and_no_store_is_made(entente, folder, tmp_path):
    said = entente("extract", folder / "bergen.txt")
    file = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert file["text"] == TEXT
    assert (file["article"]["title"], file["article"]["published"]) == ("Bergen", "2025-03-13")
    assert [agreement["name"] for agreement in file["agreements"]] == ["Bergen Treaty"]
    assert file["pipeline"]["models"]["spacy"] == "en_core_web_sm 3.8.0"
    assert not (tmp_path / "home").exists()


def test_many_go_into_a_folder_each_by_its_name(entente, folder, tmp_path):
    out = tmp_path / "out" / "json"
    said = entente("extract", folder, "--out", out)
    assert said.code == 0
    names = sorted(path.name for path in out.iterdir())
    assert names[0].startswith("bergen-")
    assert names[1] == "bergen.json"


def test_many_do_not_fit_standard_output(entente, folder):
    said = entente("extract", folder)
    assert (said.code, said.out) == (2, "")
    assert said.err == "error: 2 articles do not fit one JSON document; give --out DIR\n"


def test_what_fails_is_said_and_the_others_are_written(entente, folder, tmp_path):
    (folder / "empty.txt").write_bytes(b"")
    said = entente("extract", folder, tmp_path / "missing.txt", "--out", tmp_path / "out")
    assert said.code == 3
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert sum(line.startswith("error: ") for line in said.err.splitlines()) == 2
    assert said.err.endswith(f"2 files in {tmp_path / 'out'}\n")


def test_a_file_is_no_folder(entente, folder):
    said = entente("extract", folder, "--out", folder / "bergen.txt")
    assert said.code == 2
    assert "bergen.txt" in said.err


@pytest.mark.parametrize(
    ("address", "stem"),
    [
        ("/in/arden.txt", "arden"),
        ("/in/a.b.html", "a.b"),
        ("https://a.example/b/c.html?d=1", "c"),
        ("https://a.example/b/c/", "c"),
        ("https://a.example/", "a.example"),
        ("https://a.example/ü!x", "ü-x"),
        ("-", "stdin"),
    ],
)
def test_stem(address, stem):
    assert find_stem(address) == stem
