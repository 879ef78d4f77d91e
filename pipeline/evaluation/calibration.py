"""What the evidence of records is worth: fitted on marked articles that the tagger has not learned from.

There are few of them. So what taggers of the same recipe, trained on parts of the train split, say of its other parts counts
too, each record for a tenth: it tells what is worth more than what, and the unseen articles how much is right on the whole.

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
#: What a record of the folds counts. Calibration error of rows, a fifth of dev held out in turn: .070 without them, .062 with
#: .03, .053 with .1; of a right row and a wrong one the right one is rated higher in .657, .671 and .681 of cases.
_FOLDED = 0.1
#: Strength of the penalty: scikit-learn's own, not tuned: a few hundred records leave little to tune it on.
_C = 1.0


#: Of each layer ("row", "claim") the evidence of the found records, and whether each is right.
Judged = dict[str, list[tuple[list[float], bool]]]


def calibrate(unseen: Judged, folded: Judged, folder: Path) -> dict[str, Any]:
    """Fit both confidences and write them beside the weights.

    Args:
        unseen: what the tagger found in articles that it has not learned from.
        folded: what others of its recipe found in those that it has; may be empty.
        folder: of the weights.
    """
    sizes = {"row": len(ROW_EVIDENCE), "claim": len(CLAIM_EVIDENCE)}
    fitted = {layer: _fit(unseen[layer], size, folded.get(layer, ())) for layer, size in sizes.items()}
    (folder / FILE).write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    return fitted


def judge_found(nlp: Nlp, gold: Sequence[GoldArticle]) -> Judged:
    """Look through marked articles, none of which the tagger in the pipeline has learned from.

    Args:
        nlp: the whole pipeline.
        gold: the articles.
    """
    found: Judged = {"row": [], "claim": []}
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
    return found


def _fit(
    unseen: Sequence[tuple[list[float], bool]], size: int, folded: Sequence[tuple[list[float], bool]] = ()
) -> dict[str, Any]:
    pairs = [*unseen, *folded]
    right, sizes = [is_right for _, is_right in pairs], {"records": len(unseen), "folded": len(folded)}
    if len(set(right)) < 2:  # none to tell the others from: all are worth their share (of few records less surely)
        share = (sum(right) + 1) / (len(right) + 2)
        return {"weights": [0.0] * size, "bias": round(math.log(share / (1.0 - share)), 4)} | sizes
    counts = [1.0] * len(unseen) + [_FOLDED] * len(folded)
    model = LogisticRegression(C=_C, max_iter=1000).fit(np.array([numbers for numbers, _ in pairs]), right, counts)
    return {
        "weights": [round(float(weight), 4) for weight in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 4),
    } | sizes
