import json


def test_doctor_finds_everything_in_place(reader, filled):
    found = json.loads(reader("doctor", "--json").out)
    assert found["ok"] is True
    assert {model["state"] for model in found["models"]} == {"verified"}
    assert found["database"]["state"] == "reachable"
    assert found["settings"]["home"] == {"value": str(filled.settings.home), "from": "environment"}
    assert {"entente", "python", "spacy", "prefect"} <= set(found["versions"])
    assert "Everything is in place." in reader("doctor").out


def test_doctor_tells_of_a_database_that_is_not_there(entente, monkeypatch):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", "postgresql://me:secret@127.0.0.1:9/x")
    said = entente("doctor")
    assert said.code == 4
    assert "unreachable" in said.out
    assert "secret" not in said.out + said.err
