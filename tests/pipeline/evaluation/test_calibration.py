"""What evidence is worth, fitted."""

import json
import math

import numpy as np
import pytest

import models
from pipeline.evaluation.calibration import _fit, calibrate, judge_found
from pipeline.extraction.confidence import CLAIM_EVIDENCE, ROW_EVIDENCE, rate
from pipeline.gold.read import load_gold

REAL = models.ROOT.parent / "corpus" / "gold"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_of_records_with_one_evidence_as_many_are_right_as_is_said(share, monkeypatch):
    pairs = [([0.0, 1.0], i < 1000 * share) for i in range(1000)]
    monkeypatch.setattr(models, "load_calibration", lambda: {"row": _fit(pairs, 2)})
    assert rate("row", [0.0, 1.0]) == pytest.approx(share, abs=0.02)


def test_evidence_that_tells_right_from_wrong_is_worth_more_than_what_does_not():
    chance = np.random.default_rng(1)
    pairs = []
    for _ in range(500):
        is_right = bool(chance.random() < 0.5)
        pairs.append(([chance.normal(2.0 if is_right else -2.0), chance.normal()], is_right))
    fitted = _fit(pairs, 2)
    assert fitted["weights"][0] > 1 > abs(fitted["weights"][1])
    assert fitted["records"] == 500


@pytest.mark.parametrize(
    ("right", "confidence"), [([], 0.5), ([False], 0.33), ([True], 0.67), ([False] * 98, 0.01), ([True] * 98, 0.99)]
)
def test_where_all_are_right_or_all_are_wrong_there_is_nothing_to_fit(monkeypatch, right, confidence):
    fitted = _fit([([1.0, 2.0], is_right) for is_right in right], 2)
    monkeypatch.setattr(models, "load_calibration", lambda: {"row": fitted})
    assert rate("row", [5.0, 5.0]) == confidence


def test_what_others_of_the_recipe_found_counts_a_tenth():
    unseen = [([0.0], True)] * 10 + [([0.0], False)] * 10
    folded = [([0.0], False)] * 200
    alone, both = _fit(unseen, 1), _fit(unseen, 1, folded)
    assert 1 / (1 + math.exp(-alone["bias"])) == pytest.approx(0.5, abs=0.01)
    assert 1 / (1 + math.exp(-both["bias"])) == pytest.approx(10 / 40, abs=0.01)
    assert (both["records"], both["folded"]) == (20, 200)


@pytest.mark.slow
def test_it_is_fitted_on_what_the_pipeline_finds(nlp, tmp_path):
    """On two marked articles of the corpus, with the tagger that is shipped."""
    gold = load_gold([REAL / "001-new-start-prague.gold", REAL / "019-sahel-interview.gold"])
    found = judge_found(nlp, gold)
    fitted = calibrate(found, {}, tmp_path)
    assert json.loads((tmp_path / "calibration.json").read_text("utf-8")) == fitted
    sizes = {layer: len(fitted[layer]["weights"]) for layer in fitted}
    assert sizes == {"row": len(ROW_EVIDENCE), "claim": len(CLAIM_EVIDENCE)}
    assert all(math.isfinite(number) for layer in fitted.values() for number in (*layer["weights"], layer["bias"]))
    assert all(layer["records"] > 5 for layer in fitted.values())
