import json

import pytest


def test_changes_are_told_by_what_they_are(reader, filled):
    said = reader("changes", "--since", "2000-01-01")
    assert (said.code, said.err) == (0, "")
    for words in ("New agreements: 2", "Arden Treaty", "Changes of status: 1", "from signed to suspended", "26", "32"):
        assert words in said.out


def test_changes_are_json_too(reader, filled):
    found = json.loads(reader("changes", "--since", "2000-01-01", "--json").out)
    (change,) = found["status_changes"]
    assert (change["before"], change["after"], change["row"]["label"]) == ("signed", "suspended", "Arden Treaty")
    assert found["differing_figures"][0]["values"]


@pytest.mark.parametrize(("day", "code"), [("2999-01-01", 0), ("2025-02-30", 2), ("lately", 2)])
def test_nothing_new_is_said_to_be_so_and_no_day_is_a_mistake(reader, day, code):
    said = reader("changes", "--since", day)
    assert (said.code, said.out) == (code, "")
    assert len(said.err.splitlines()) == 1
