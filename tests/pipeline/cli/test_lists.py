"""The commands that list and show, on the store with invented records."""

import json

import pytest

LISTS = ("register", "claims", "entities", "themes", "articles", "quarantine list", "run list")


@pytest.mark.parametrize("command", LISTS)
def test_every_list_is_plain_complete_and_json_too(reader, command):
    plain, rows = reader(*command.split()), json.loads(reader(*command.split(), "--json").out)
    assert (plain.code, plain.err) == (0, "")
    assert "\x1b" not in plain.out
    assert len(plain.out.splitlines()) == len(rows) + 1
    for row in rows:
        assert (row["id"] if "id" in row else row["ids"][0]) in plain.out


@pytest.mark.parametrize("command", LISTS)
def test_an_empty_store_says_what_to_do_next(entente, empty_home, command):
    said = entente(*command.split())
    assert (said.code, said.out) == (0, "")
    assert len(said.err.splitlines()) == 1
    assert json.loads(entente(*command.split(), "--json").out) == []
