"""``entente evaluate``: tables, JSON, reports, the gate."""

import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.evaluation.gate import load_gate

GOLD = Path(__file__).parents[1] / "gold" / "files"


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """Two gold files, one in each of dev and test; the command line is in their project."""
    folder = tmp_path / "corpus" / "gold"
    shutil.copytree(GOLD, folder)
    for path, split in zip(sorted(folder.iterdir()), ("dev", "test"), strict=True):
        path.write_text(path.read_text("utf-8").replace('split = "train"', f'split = "{split}"'), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "corpus"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--split", "deb"], "there is no split 'deb'"),
        (["--split", "test", "--report", "x"], "read by the scorer alone"),
        (["--split", "test", "--gate"], "measured on the dev split"),
        (["--real", "x", "--update"], "measured on the dev split"),
        (["--split", "train"], "no gold file has split = 'train'"),
        (["--real", "x"], "no marked real article"),
    ],
)
def test_what_cannot_be_asked(entente, corpus, args, said):
    found = entente("evaluate", *args)
    assert found.code == 2
    assert said in found.err


@pytest.mark.slow
def test_scores_reports_and_the_gate(entente, corpus, tmp_path):
    """One test for what needs the model, since each run loads it."""
    said = entente("evaluate", "--report", "out", "--update", "--gate")
    assert said.code == 0, said.err
    assert "entity exact" in said.out
    assert "no figure is below its floor" in said.err
    assert "Arden" in (tmp_path / "out" / "mistakes.html").read_text("utf-8")

    gate = corpus / "gate.toml"
    held = load_gate(gate)
    assert held.floors
    assert all(0 <= floor <= 1 for floor in held.floors.values())
    gate.write_text(re.sub(r"entity_exact_f1 = \S+", "entity_exact_f1 = 9.0", gate.read_text("utf-8")), "utf-8")
    failed = entente("evaluate", "--gate", "--json")
    assert failed.code == 1
    assert "entity_exact_f1 is" in failed.err
    found = json.loads(failed.out)
    assert (found["split"], found["articles"], found["digest"]) == ("dev", 1, held.digest)
    assert {"name", "layer", "value", "low", "high"} == found["scores"][0].keys()

    assert "floors would fall" in entente("evaluate", "--update").err
    assert entente("evaluate", "--update", "--allow-regression").code == 0
    assert load_gate(gate) == held
