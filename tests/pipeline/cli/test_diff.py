import json


def test_what_has_nothing_in_common_is_said_to(reader, filled):
    said = reader("diff", filled.ids["run"], filled.ids["run"])
    assert said.code == 0
    assert "no article in common" in said.err
    assert json.loads(reader("diff", filled.ids["run"], "--json").out)["articles"] == 0


def test_two_runs_are_compared_and_no_more(reader, filled):
    said = reader("diff", *[filled.ids["run"]] * 3)
    assert said.code == 2
    assert "not 3" in said.err


def test_a_run_that_there_is_not(reader):
    assert reader("diff", "rn-zz").code == 2
