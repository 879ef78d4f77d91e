import json

import pytest

from pipeline.store.embedded import stop_server

TEXT = (
    "Norway and Iceland signed the Bergen Treaty on 8 April 2024. It counts 26 ships.\n\n"
    "Mara Lind, the Norwegian minister, said the treaty would hold.\n"
)


@pytest.fixture
def ids(entente, tmp_path):
    """One article from its text, and the ids of its records by kind."""
    path = tmp_path / "bergen.txt"
    path.write_text(TEXT, "utf-8")
    entente("ingest", path, "--published", "2025-03-12")
    (row,) = json.loads(entente("register", "--json").out)
    entities = json.loads(entente("extract", path).out)["entities"]
    yield {
        "row": row["id"],
        "agreement": row["observations"][0]["agreement_id"],
        "claim": json.loads(entente("claims", "--json").out)[0]["id"],
        "entity": next(each["id"] for each in entities if each["canonical"] == "Norway"),
    }
    stop_server(tmp_path / "home")


def test_each_value_is_explained(entente, ids):
    said = entente("show", ids["agreement"], "--why").out
    assert "Why" in said
    assert "name        Bergen Treaty  by " in said
    assert "status      signed  by signed, stated" in said
    assert "date        8 April 2024  by date of signed, written" in said
    assert "party       Norway, party  by " in said
    assert "«signed» the Bergen Treaty" in said
    record = json.loads(entente("show", ids["agreement"], "--why", "--json").out)["record"]
    assert {"name", "kind", "status", "date"} <= {reason["field"] for reason in record["why"]}
    assert record["acts"][0]["trigger"]["text"] == "signed"
    assert all(party["rule"] for party in record["parties"])

    claim = entente("show", ids["claim"], "--why").out
    assert "speaker     Mara Lind  by " in claim
    assert "type        " in claim
    assert "name        Norway  by gazetteer" in entente("show", ids["entity"], "--why").out


def test_what_is_made_of_others_sends_there(entente, ids):
    said = entente("show", ids["row"], "--why")
    assert (said.code, said.out.count("Why")) == (0, 0)
    assert "--why shows those of an agreement" in said.err


def test_what_older_versions_saved_is_explained_as_far_as_it_goes(reader, filled):
    said = reader("show", filled.ids["agreement"], "--why")
    assert said.code == 0
    assert "not recorded" in said.out
