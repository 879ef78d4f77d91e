"""How right the claims of one article are: content, speaker, type, hedge, negation."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.enumerations import ClaimType
from pipeline.evaluation.confidence import count_confidence
from pipeline.evaluation.names import fold_name, is_same_speaker
from pipeline.evaluation.pairing import Pairing, find_characters, make_pairs
from pipeline.gold.records import GoldClaim
from pipeline.records import AUTHOR, Claim, Speaker

# Half of all characters of both in common: a clause with its cue passes, the whole sentence around it mostly not.
_LEAST_UNION = 0.5

_COARSE = {
    ClaimType.ASSERTION_OF_FACT: "statement",
    ClaimType.QUOTATION: "statement",
    ClaimType.EVALUATION: "evaluation",
    ClaimType.PREDICTION: "forward",
    ClaimType.THREAT_WARNING: "forward",
    ClaimType.RECOMMENDATION: "prescriptive",
    ClaimType.REQUEST_DEMAND: "prescriptive",
    ClaimType.COMMITMENT_PLEDGE: "commitment",
}


class ClaimVerdict(NamedTuple):
    """What is right in one found claim, measured on the marked one it was paired with."""

    speaker: bool
    type: bool
    coarse_type: bool
    hedged: bool
    negated: bool
    direct: bool


def pair_claims(marked: Sequence[GoldClaim], found: Sequence[Claim]) -> Pairing[GoldClaim, Claim]:
    """Pair claims whose contents share half of all their characters or more."""
    ours_of = {claim.key: find_characters(claim.content) for claim in marked}
    theirs_of = {id(claim): find_characters(claim.content) for claim in found}

    def likeness(a: GoldClaim, b: Claim) -> float:
        ours, theirs = ours_of[a.key], theirs_of[id(b)]
        shared = len(ours & theirs)
        share = shared / len(ours | theirs) if shared else 0.0
        return share if share >= _LEAST_UNION else 0.0

    return make_pairs(marked, found, likeness)


def judge_claim(marked: GoldClaim, found: Claim) -> ClaimVerdict:
    """Compare a pair field by field."""
    return ClaimVerdict(
        speaker=is_right_speaker(marked, found.speaker),
        type=marked.type == found.type,
        coarse_type=_COARSE[marked.type] == _COARSE[found.type],
        hedged=marked.hedged == found.hedged,
        negated=marked.negated == found.negated,
        direct=marked.direct == found.direct,
    )


def is_right_speaker(marked: GoldClaim, found: Speaker | None) -> bool:
    """The same actor or description, AUTHOR for AUTHOR, nobody for nobody; without a name the words must overlap."""
    name = found.name or found.text if found is not None else None
    if not name:
        return marked.speaker_name is None
    if found is not None and not found.name and marked.speaker_span is not None:
        return _shares_words(marked, found)
    accepted = (marked.speaker_name, *marked.speaker_alt)
    if name == AUTHOR or fold_name(name) == "author":
        return AUTHOR in accepted
    if any(is_same_speaker(each, name) for each in accepted if each and each != AUTHOR):
        return True
    return marked.speaker_span is not None and fold_name(marked.speaker_span.text) == fold_name(name)


def _shares_words(marked: GoldClaim, found: Speaker) -> bool:
    span = marked.speaker_span
    if span is None or found.start is None or found.end is None:
        return False
    return min(span.end, found.end) > max(span.start, found.start)


def count_claims(marked: Sequence[GoldClaim], found: Sequence[Claim]) -> Counter[str]:
    """What is added up over articles for the measures of claims."""
    counts = Counter({"claim.gold": len(marked), "claim.found": len(found)})
    right: set[str] = set()
    for a, b in pair_claims(marked, found).pairs:
        verdict = judge_claim(a, b)
        counts["claim.paired"] += 1
        for field, is_right in verdict._asdict().items():
            counts[f"claim.{field}"] += is_right
        if a.speaker != AUTHOR:
            counts["claim.attributed"] += 1
            counts["claim.attributed.speaker"] += verdict.speaker
        right |= {b.id} if verdict.speaker else set()
    counts.update(count_confidence("claim", ((claim.confidence, claim.id in right) for claim in found)))
    return counts
