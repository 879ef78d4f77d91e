import json

import pytest


def test_db_starts_and_stops_the_embedded_server(entente):
    started = json.loads(entente("db", "start", "--json").out)
    assert started["running"]
    assert entente("db", "url").out.strip() == started["url"]
    assert entente("db", "migrate").out == "the tables are up to date\n"
    assert entente("db", "stop").out == "stopped\n"
    assert entente("db", "stop").out == "no server was running\n"


@pytest.mark.parametrize("command", ["start", "stop"])
def test_db_leaves_a_foreign_server_alone(entente, monkeypatch, command):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", "postgresql://there/x")
    said = entente("db", command)
    assert said.code == 2
    assert "ENTENTE_DATABASE_URL" in said.err
    assert entente("db", "url").out == "postgresql://there/x\n"
