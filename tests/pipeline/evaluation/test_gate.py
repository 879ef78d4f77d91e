"""Floors that only rise."""

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.gate import ALLOWANCE, Gate, find_failures, load_gate, raise_floors, save_gate
from pipeline.evaluation.measures import Score

GATE = Gate(digest="d1", floors={"row_found_f1": 0.5, "claim_type_overall_f1": 0.7})


def scores(**values):
    return [Score(name=name, layer="x", value=value) for name, value in values.items()]


@pytest.mark.parametrize(
    ("values", "digest", "said"),
    [
        ({"row_found_f1": 0.5, "claim_type_overall_f1": 0.7}, "d1", []),
        ({"row_found_f1": 0.9, "claim_type_overall_f1": 0.7 - ALLOWANCE + 0.0001}, "d1", []),
        (
            {"row_found_f1": 0.49, "claim_type_overall_f1": 0.6},
            "d1",
            ["row_found_f1 is 0.490", "claim_type_overall_f1 is 0.600"],
        ),
        ({"row_found_f1": 0.5}, "d1", ["claim_type_overall_f1 is not measured"]),
        ({"row_found_f1": 0.5, "claim_type_overall_f1": None}, "d1", ["claim_type_overall_f1 is not measured"]),
        ({"row_found_f1": 0.9, "claim_type_overall_f1": 0.9}, "d2", ["the gold has changed"]),
    ],
)
def test_what_does_not_pass(values, digest, said):
    failures = find_failures(GATE, scores(**values), digest=digest)
    assert len(failures) == len(said)
    assert all(failure.startswith(start) for failure, start in zip(failures, said, strict=True))


def test_without_floors_nothing_passes():
    assert "no floors yet" in find_failures(Gate(), [], digest="d1")[0]


def test_floors_rise():
    gate = raise_floors(GATE, scores(row_found_f1=0.6789, claim_type_overall_f1=0.698, other=1.0), digest="d2")
    assert gate.floors == {"row_found_f1": 0.678, "claim_type_overall_f1": 0.7}
    assert gate.digest == "d2"


@pytest.mark.parametrize(
    "values", [{"row_found_f1": 0.4, "claim_type_overall_f1": 0.8}, {"claim_type_overall_f1": 0.8}]
)
def test_floors_fall_only_where_it_is_asked_for(values):
    with pytest.raises(InputError, match=r"row_found_f1 from 0\.500 to"):
        raise_floors(GATE, scores(**values), digest="d1")
    gate = raise_floors(GATE, scores(**values), digest="d1", may_fall=True)
    assert gate.floors == values


def test_floors_are_read_as_they_were_written(tmp_path):
    path = tmp_path / "gate.toml"
    assert load_gate(path) == Gate()
    save_gate(path, GATE)
    assert load_gate(path) == GATE
    assert [each.name for each in tmp_path.iterdir()] == ["gate.toml"]


@pytest.mark.parametrize("content", ["floors = 1", "[floors", 'floor = "x"'])
def test_a_file_that_is_no_gate(tmp_path, content):
    path = tmp_path / "gate.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match="is no gate"):
        load_gate(path)


def test_a_gate_that_cannot_be_written(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        save_gate(tmp_path / "none" / "gate.toml", GATE)
