"""How far a settled record may be trusted: the chance that it is right, from how sure each of its parts is.

A row's evidence and a claim's are a few numbers, written while they are settled; what they are worth is fitted on marked
articles that the tagger has not seen (:mod:`pipeline.evaluation.calibration`) and kept in models/tagger/calibration.json.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import models

ROW_EVIDENCE = (
    "mention",
    "parties",
    "doubtful_parties",
    "many_parties",
    "act",
    "stated",
    "named",
    "mentions",
    "by_rule",
    "status",
)
CLAIM_EVIDENCE = ("content", "edges", "voice", "own", "speaker", "length", "by_rule")
_LEAST = 1e-3  #: below it a probability says no more
_MANY = 4


def describe_row(
    row: Mapping[str, Any], *, mention: float, parties: Iterable[float], act: float, status: float
) -> list[float]:
    """The evidence of a row (:data:`ROW_EVIDENCE`).

    Args:
        row: its facts, settled.
        mention: probability that it is one at all.
        parties: for each entity around the probability that it is a party.
        act: of the act that is said most surely of it, 0 where none is.
        status: that it stands as its acts say.
    """
    asked = list(parties)
    certain = sum(math.log(max(each, 1.0 - each)) for each in asked)
    return [
        _logit(mention),
        certain,
        float(sum(0.2 < each < 0.8 for each in asked)),
        float(min(len(row["parties"]), _MANY)),
        _logit(act),
        float(any(each[2] == "stated" for each in row["acts"])),
        float(row["name"] is not None),
        float(min(len(row["mentions"]), _MANY)),
        float(row["rule"] != "tagger"),
        _logit(status),
    ]


def describe_claim(claim: Mapping[str, Any], *, inside: list[float], own: float) -> list[float]:
    """The evidence of a claim (:data:`CLAIM_EVIDENCE`).

    Args:
        claim: its facts, settled.
        inside: for each of its tokens the probability of being content.
        own: probability that it is the author's own.
    """
    return [
        _logit(sum(inside) / len(inside)),
        _logit(min(inside[0], inside[-1])),
        _logit(max(own, 1.0 - own)),
        float(claim["speaker"] == "AUTHOR"),
        float(claim["speaker"] is not None),
        math.log(len(inside)),
        float(not claim["rule"].startswith("tagger")),
    ]


def rate(layer: str, evidence: list[float]) -> float:
    """The confidence of a record, two decimals.

    Args:
        layer: "row" or "claim".
        evidence: by :func:`describe_row` or :func:`describe_claim`.
    """
    fitted = models.load_calibration()[layer]
    score = fitted["bias"] + sum(w * x for w, x in zip(fitted["weights"], evidence, strict=True))
    return round(min(max(1.0 / (1.0 + math.exp(-score)), 0.01), 0.99), 2)


def _logit(probability: float) -> float:
    kept = min(max(float(probability), _LEAST), 1.0 - _LEAST)
    return math.log(kept / (1.0 - kept))
