import json

import pytest


def test_quarantine_shows_the_reason_and_gives_the_bytes_back(reader, filled):
    said = reader("quarantine", "show", filled.ids["failure"])
    assert "/in/bad.txt is binary" in said.out
    assert reader("quarantine", "show", filled.ids["failure"], "--raw").out == "\x00\x01"
    assert json.loads(reader("quarantine", "show", filled.ids["failure"], "--json").out)["size"] == 2


def test_what_failed_is_tried_again_or_dropped(entente, empty_home, tmp_path):
    path = tmp_path / "late.txt"
    assert entente("ingest", path).code == 3
    (row,) = json.loads(entente("quarantine", "list", "--json").out)
    assert row["next_try"] is None
    assert "not by itself" in entente("quarantine", "show", row["id"]).out
    again = entente("quarantine", "retry", row["id"])
    assert (again.code, again.out) == (3, "Tried 1: 0 left the quarantine. Articles: 0 new.\n")
    assert "there is no such file" in again.err
    assert json.loads(entente("quarantine", "retry", "--due", "--json").out)["tried"] == 0
    path.write_text("Norway and Iceland signed the Bergen Treaty on 12 March 2025.\n", "utf-8")
    assert json.loads(entente("quarantine", "retry", "--all", "--json").out)["mended"] == 1
    path.with_name("empty.txt").write_bytes(b"")
    entente("ingest", path.with_name("empty.txt"))
    (row,) = json.loads(entente("quarantine", "list", "--json").out)
    assert entente("quarantine", "drop", row["id"][:9]).out == "Dropped 1.\n"
    assert json.loads(entente("quarantine", "list", "--json").out) == []


@pytest.mark.parametrize("said", [(), ("qu-123456", "--all"), ("--due", "--all")])
def test_what_is_to_be_tried_again_must_be_said_once(entente, empty_home, said):
    assert entente("quarantine", "retry", *said).code == 2


@pytest.mark.parametrize("command", ["retry", "drop"])
def test_an_unknown_id_is_bad_input(entente, empty_home, command):
    assert entente("quarantine", command, "qu-123456").code == 2
