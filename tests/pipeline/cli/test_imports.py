import json

import pytest

TABLE = "Agreement,Type,Signatories,Signed on,Mood\nLinden Pact,pact,Norland; Sudland,17 July 2025,good\nMoor Accord,thing,,,\n"


@pytest.fixture
def ask(entente, monkeypatch, database_url, tmp_path):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", database_url)
    (tmp_path / "ours.csv").write_text(TABLE, "utf-8")
    return lambda *args: entente("import", tmp_path / "ours.csv", "--as", "ana", *args)


def test_good_lines_come_in_and_bad_ones_are_named(ask, entente):
    said = ask()
    assert (said.code, said.out) == (3, "1 new, 0 changed, 0 as before, 1 bad.\n")
    assert "ours.csv, line 3: kind: thing is none of treaty" in said.err
    assert "Not read: Mood" in said.err
    [row] = json.loads(entente("register", "--json").out)
    assert (row["name"], row["date"], row["observations"][0]["origin"]) == ("Linden Pact", "2025-07-17", "import")
    assert ask().out == "0 new, 0 changed, 1 as before, 1 bad.\n"


def test_it_can_be_tried_first_and_taken_back(ask, entente):
    assert ask("--check").out == "1 would be new, 0 would be changed, 0 as before, 1 bad.\n"
    assert json.loads(entente("register", "--json").out) == []
    report = json.loads(ask("--map", "Type=", "--set", "kind=treaty", "--json").out)
    assert (report["new"], report["bad"], report["source"]) == (2, [], "ours.csv")
    assert entente("decide", "undo", "--batch", report["batch"]).code == 0
    assert json.loads(entente("register", "--json").out) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--day-first", "--month-first"), "not both"),
        (("--map", "Moods=status"), "no column Moods"),
        (("--map", "Mood"), "write NAME=VALUE"),
        (("--set", "mood=good"), "no field mood"),
    ],
)
def test_what_cannot_be_is_bad_usage(ask, args, said):
    answer = ask(*args)
    assert answer.code == 2
    assert said in answer.err
