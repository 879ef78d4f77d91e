"""What the evidence of records is worth: fitted on marked articles that the tagger has not learned from.

A logistic regression for rows and one for claims; of the records with confidence .8, eight in ten should be right. Right is what
the scorer calls right: a row with its name, actors and status, a claim with half of its content and its speaker.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.evaluation.articles import to_article
from pipeline.evaluation.claim_scores import judge_claim, pair_claims
from pipeline.evaluation.row_scores import judge_row, pair_rows
from pipeline.extraction.confidence import CLAIM_EVIDENCE, ROW_EVIDENCE
from pipeline.extraction.extract import extract, read_evidence
from pipeline.gold.records import GoldArticle
from pipeline.language.model import Nlp, annotate

FILE = "calibration.json"
#: Strength of the penalty: scikit-learn's own, not tuned: a few hundred records leave little to tune it on.
_C = 1.0


def calibrate(nlp: Nlp, gold: Sequence[GoldArticle], folder: Path) -> dict[str, Any]:
    """Fit both confidences and write them beside the weights.

    Args:
        nlp: the whole pipeline, with the weights that are to be calibrated.
        gold: marked articles, none of which the tagger has learned from.
        folder: of the weights.
    """
    found: dict[str, list[tuple[list[float], bool]]] = {"row": [], "claim": []}
    for article in gold:
        doc = annotate(nlp, article.text)
        extraction = extract(doc, to_article(article), fingerprint="calibration")
        evidence = read_evidence(doc)
        rows = pair_rows(article.agreements, extraction.agreements).pairs
        right = {b.id for a, b in rows if judge_row(a, b).is_right}
        claims = pair_claims(article.claims, extraction.claims).pairs
        right |= {b.id for a, b in claims if judge_claim(a, b).speaker}
        ids = {"row": [row.id for row in extraction.agreements], "claim": [claim.id for claim in extraction.claims]}
        for layer, known in ids.items():
            found[layer] += [(numbers, id_ in right) for id_, numbers in zip(known, evidence[layer], strict=True)]
    sizes = {"row": len(ROW_EVIDENCE), "claim": len(CLAIM_EVIDENCE)}
    fitted = {layer: _fit(pairs, sizes[layer]) for layer, pairs in found.items()}
    (folder / FILE).write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    return fitted


def _fit(pairs: list[tuple[list[float], bool]], size: int) -> dict[str, Any]:
    right = [is_right for _, is_right in pairs]
    if len(set(right)) < 2:  # none to tell the others from: all are worth their share (of few records less surely)
        share = (sum(right) + 1) / (len(right) + 2)
        return {"weights": [0.0] * size, "bias": round(math.log(share / (1.0 - share)), 4), "records": len(right)}
    model = LogisticRegression(C=_C, max_iter=1000).fit(np.array([numbers for numbers, _ in pairs]), right)
    return {
        "weights": [round(float(weight), 4) for weight in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 4),
        "records": len(pairs),
    }
