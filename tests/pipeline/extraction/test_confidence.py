"""From evidence to confidence."""

import math

import pytest

import models
from pipeline.extraction.confidence import CLAIM_EVIDENCE, ROW_EVIDENCE, describe_claim, describe_row, rate

ROW = {
    "parties": [["Norway", "party", 0, 1], ["Chile", "party", 2, 3]],
    "acts": [["signed", "done", "stated", 3, []]],
    "name": "Arden Treaty",
    "mentions": [[4, 7]],
    "rule": "named",
}
CLAIM = {"speaker": "Ann Lee", "rule": "verb_said"}


def row(fields=None, *, mention=0.5, parties=(), act=0.5, status=0.5):
    return dict(
        zip(
            ROW_EVIDENCE,
            describe_row(ROW | (fields or {}), mention=mention, parties=parties, act=act, status=status),
            strict=True,
        )
    )


def claim(fields=None, *, inside=(0.5, 0.5), own=0.5):
    return dict(zip(CLAIM_EVIDENCE, describe_claim(CLAIM | (fields or {}), inside=list(inside), own=own), strict=True))


@pytest.mark.parametrize(
    ("found", "name", "value"),
    [
        (row(), "mention", 0.0),
        (row(mention=0.9), "mention", math.log(9)),
        (row(mention=1.0), "mention", math.log(999)),  # no probability is taken for certain
        (row(mention=0.0), "mention", -math.log(999)),
        (row(parties=[0.9, 0.1]), "parties", 2 * math.log(0.9)),  # as sure of what is none as of what is one
        (row(parties=[0.9, 0.5, 0.3]), "doubtful_parties", 2.0),
        (row(), "many_parties", 2.0),
        (row({"parties": [[]] * 9}), "many_parties", 4.0),
        (row(), "stated", 1.0),
        (row({"acts": [["operating", "done", "presupposed", 4, []]]}), "stated", 0.0),
        (row({"name": None}), "named", 0.0),
        (row(), "mentions", 1.0),
        (row(), "by_rule", 1.0),
        (row({"rule": "tagger"}), "by_rule", 0.0),
        (row(status=0.9), "status", math.log(9)),
        (claim(inside=(0.9, 0.9)), "content", math.log(9)),
        (claim(inside=(0.5, 0.9)), "edges", 0.0),
        (claim(own=0.1), "voice", math.log(9)),
        (claim(own=0.9), "voice", math.log(9)),
        (claim({"speaker": "AUTHOR"}), "own", 1.0),
        (claim({"speaker": None}), "speaker", 0.0),
        (claim(inside=(0.5,) * 10), "length", math.log(10)),
        (claim({"rule": "tagger_author"}), "by_rule", 0.0),
    ],
)
def test_evidence(found, name, value):
    assert found[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("weights", "bias", "evidence", "confidence"),
    [
        ([0.0, 0.0], 0.0, [5.0, -5.0], 0.5),
        ([1.0, 0.0], 0.0, [math.log(4), 9.0], 0.8),
        ([0.0, 0.0], math.log(4), [1.0, 1.0], 0.8),
        ([1.0, 1.0], 0.0, [500.0, 500.0], 0.99),  # never certain
        ([1.0, 1.0], 0.0, [-50.0, -500.0], 0.01),
    ],
)
def test_what_evidence_is_worth(monkeypatch, weights, bias, evidence, confidence):
    monkeypatch.setattr(models, "load_calibration", lambda: {"row": {"weights": weights, "bias": bias}})
    assert rate("row", evidence) == confidence


def test_a_calibration_of_other_evidence_is_refused(monkeypatch):
    monkeypatch.setattr(models, "load_calibration", lambda: {"row": {"weights": [0.0], "bias": 0.0}})
    with pytest.raises(ValueError, match="zip"):
        rate("row", [0.0, 0.0])
