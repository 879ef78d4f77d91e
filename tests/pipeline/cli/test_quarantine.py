import json


def test_quarantine_shows_the_reason_and_gives_the_bytes_back(reader, filled):
    said = reader("quarantine", "show", filled.ids["failure"])
    assert "/in/bad.txt is binary" in said.out
    assert reader("quarantine", "show", filled.ids["failure"], "--raw").out == "\x00\x01"
    assert json.loads(reader("quarantine", "show", filled.ids["failure"], "--json").out)["size"] == 2
