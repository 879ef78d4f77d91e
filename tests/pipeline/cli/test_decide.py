import json

import pytest

from pipeline.cli.decide import find_who, read_pairs, split_pairs
from pipeline.errors import InputError


@pytest.fixture
def ask(entente, monkeypatch, database_url):
    """The command line on an empty store; gives the JSON of what it says."""
    monkeypatch.setenv("ENTENTE_DATABASE_URL", database_url)

    def run(*args, code=0):
        said = entente(*args, "--json")
        assert said.code == code, said.err
        return json.loads(said.out) if said.out else said.err

    return run


@pytest.fixture
def own_id(ask):
    """The id of an agreement that a person entered."""
    [made] = ask(
        "decide", "create", "Linden Pact", "--kind", "treaty", "--set", "parties=Norland (lead); Sudland", "--as", "ana"
    )
    assert made["after"]["parties"] == [{"entity": "Norland", "role": "lead"}, {"entity": "Sudland", "role": "party"}]
    return made["record_id"]


def test_what_is_decided_is_said_and_can_be_undone(ask, own_id, entente):
    said = entente("decide", "correct", own_id, "status", "In force", "--as", "ana")
    assert said.out == f"2  ana: correct status: none -> in_force ({own_id})\n"
    [undone] = ask("decide", "undo", "2", "--as", "ben")
    assert (undone["undoes"], undone["who"], undone["before"]) == (2, "ben", "in_force")
    assert "undone already, by decision 3" in entente("decide", "undo", "2").err


@pytest.mark.parametrize("action", ["accept", "reject", "unsure"])
def test_records_and_fields_are_reviewed(ask, own_id, action):
    made = ask("decide", action, own_id, own_id, "--field", "status", "--quote", "so", "--batch", "b1", "--as", "ana")
    assert [(each["action"], each["field"], each["quote"], each["batch"]) for each in made] == [
        (action, "status", "so", "b1")
    ] * 2
    assert len(ask("decide", "undo", "--batch", "b1")) == 2  # the newer one first: then the older can be


def test_one_that_cannot_be_leaves_all_undone(ask, own_id, entente):
    assert entente("decide", "accept", own_id, "ag-ffffffff").code == 2
    assert len(ask("decisions")) == 1


def test_who_decides_meanwhile_is_told(own_id, entente):
    entente("decide", "reject", own_id, "--as", "ben")
    said = entente("decide", "accept", own_id, "--as", "ana", "--expected", "1")
    assert (said.code, "ben: reject" in said.err, "both are kept" in said.err) == (0, True, True)


def test_a_note_is_kept(ask, own_id):
    [made] = ask("decide", "note", own_id, "ask Mara")
    assert made["after"] == "ask Mara"


def test_an_agreement_without_a_name_has_a_label(ask):
    [made] = ask("decide", "create", "a pact on fisheries", "--unnamed", "--kind", "treaty", "--status", "signed")
    assert (made["after"]["name"], made["after"]["label"], made["after"]["status"]) == (
        None,
        "a pact on fisheries",
        "signed",
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("undo",), "say what to undo"),
        (("undo", "1", "--batch", "b1"), "say what to undo"),
        (("undo", "99"), "no decision 99"),
        (("correct", "ID", "status", "singed"), "singed is none of proposed"),
        (("correct", "ID", "mood", "good"), "no field mood"),
        (("merge", "ID"), "at least two"),
        (("split", "ID"), "Nothing else stands"),
        (("create", "x", "--kind", "treaty", "--set", "status"), "write NAME=VALUE"),
    ],
)
def test_what_cannot_be_is_one_line(own_id, entente, args, said):
    answer = entente("decide", *(own_id if each == "ID" else each for each in args))
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert said in answer.err


def test_rows_are_merged_and_split_again(ask, own_id):
    other = ask("decide", "create", "Moor Accord", "--kind", "treaty")[0]["record_id"]
    assert len(ask("register")) == 2
    [made] = ask("decide", "merge", own_id, other)
    [row] = ask("register")
    assert row["observed"] == 2
    ask("decide", "undo", str(made["number"]))
    assert len(ask("register")) == 2


def test_options_are_pairs():
    assert split_pairs(["Our column=parties", "Rest=", "a=b=c"]) == {"Our column": "parties", "Rest": "", "a": "b=c"}
    assert read_pairs(["status=In force"]) == {"status": "in_force"}
    assert split_pairs(None) == {}
    with pytest.raises(InputError, match="no pair"):
        split_pairs(["=x"])


def test_who_it_is_stands_in_the_login_or_is_said(monkeypatch):
    monkeypatch.setenv("LOGNAME", "mara")
    assert (find_who(None), find_who(" ana "), find_who(" ")) == ("mara", "ana", "mara")
