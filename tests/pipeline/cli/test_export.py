import csv
import json

import pytest


@pytest.mark.parametrize("view", ["register", "observations", "claims", "entities", "articles"])
def test_each_list_is_written_in_each_format(reader, tmp_path, view):
    for ending in ("csv", "jsonl", "parquet", "xlsx"):
        out = tmp_path / f"{view}.{ending}"
        said = reader("export", view, "--out", out)
        assert (said.code, said.out) == (0, ""), said.err
        assert f"written to {out}" in said.err
        assert out.stat().st_size > 0
    rows = list(csv.DictReader((tmp_path / f"{view}.csv").read_text("utf-8").splitlines()))
    assert len(rows) == len((tmp_path / f"{view}.jsonl").read_text("utf-8").splitlines()) > 0


@pytest.mark.parametrize("view", ["annotations", "docbin", "prodigy"])
def test_the_marked_texts_are_written(reader, tmp_path, view):
    out = tmp_path / view
    said = reader("export", view, "--out", out)
    assert said.code == 0, said.err
    assert out.stat().st_size > 0


def test_the_filters_are_those_of_the_lists(reader):
    all_rows = [json.loads(line) for line in reader("export", "claims", "-o", "-", "-f", "jsonl").out.splitlines()]
    speaker = all_rows[0]["speaker"]
    found = [
        json.loads(line)
        for line in reader("export", "claims", "-o", "-", "-f", "jsonl", "--speaker", speaker).out.splitlines()
    ]
    assert found == [row for row in all_rows if row["speaker"] == speaker] != all_rows
    listed = json.loads(reader("register", "--kind", "treaty", "--json").out)
    lines = reader("export", "register", "-o", "-", "-f", "jsonl", "--kind", "treaty").out.splitlines()
    assert {json.loads(line)["id"] for line in lines} == {row["id"] for row in listed}


def test_a_file_that_is_there_is_kept(reader, tmp_path):
    out = tmp_path / "claims.csv"
    assert reader("export", "claims", "--out", out).code == 0
    said = reader("export", "claims", "--out", out, "--limit", "1")
    assert said.code == 2
    assert "--force" in said.err
    assert reader("export", "claims", "--out", out, "--limit", "1", "--force", "--bom").code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert len(out.read_bytes().splitlines()) == 2


def test_a_day_that_is_none(reader):
    said = reader("export", "register", "-o", "-", "--as-of", "July")
    assert (said.code, said.out) == (2, "")
    assert "--as-of: 'July' is not a day" in said.err
