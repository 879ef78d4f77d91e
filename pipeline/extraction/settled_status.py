"""How settled rows stand: where what was learned is sure that the acts mislead, they give way to one that says so.

The status of a row is that of its acts, always; this decides which acts those are.
"""

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity, Status
from pipeline.extraction.pairs import KINDS, STATUSES, Row, RuleRows, find_status, number_of, pair_status
from pipeline.extraction.relations import Floats, Pair
from pipeline.extraction.signals import Signals

#: The act that stands for a status where none of the words that were read as acts gives it.
_ACT_OF = {
    Status.PROPOSED: ActType.PROPOSED,
    Status.NEGOTIATING: ActType.NEGOTIATING,
    Status.PLANNED: ActType.ANNOUNCED,
    Status.AGREED: ActType.AGREED,
    Status.SIGNED: ActType.SIGNED,
    Status.IN_FORCE: ActType.ENTERED_INTO_FORCE,
    Status.OPERATING: ActType.OPERATING,
    Status.STALLED: ActType.STALLED,
    Status.SUSPENDED: ActType.SUSPENDED,
    Status.EXPIRED: ActType.EXPIRED,
    Status.TERMINATED: ActType.TERMINATED,
    Status.REJECTED: ActType.REJECTED,
}
_STANDING = {Status.IN_FORCE, Status.OPERATING}
#: What a row that is planned is planned to be; of the train split's planned rows of the kind, how many have that act, and how
#: many were announced.
_PLANNED = {
    AgreementKind.INSTITUTION_BODY: ActType.LAUNCHED,  # 30 and 6
    AgreementKind.CAPABILITY_PROGRAMME: ActType.LAUNCHED,  # 25 and 8
    AgreementKind.OPERATION_MISSION: ActType.LAUNCHED,  # 25 and 11
    AgreementKind.OTHER_COMMITMENT: ActType.LAUNCHED,  # 36 and 22
    AgreementKind.TREATY: ActType.AGREED,  # 6 and 0
}


@dataclass(frozen=True)
class StatusThresholds:
    """From which probability on a status is believed against the acts; chosen on the dev split.

    Status right of found rows of dev .773, whole rows .241; with .9 .763 and .228.
    """

    against: float = 0.8  #: acts that the text states
    granted: float = 0.4  #: acts that it only takes for granted


DEFAULTS = StatusThresholds()


def settle_status(
    doc: Doc,
    rows: list[dict[str, Any]],
    signals: Signals,
    rules: RuleRows,
    thresholds: StatusThresholds = DEFAULTS,
) -> list[float]:
    """Change the acts of the rows (in place) that stand otherwise than these say.

    Returns:
        For each row how likely it stands as its acts now say.
    """
    kinds = [kind.value for kind in KINDS]
    asked = [pair_status(doc, Row(tuple(row["roots"]), kinds.index(row["kind"])), rules) for row in rows]
    sure = []
    for row, pairs, likely in zip(rows, asked, signals.find_statuses(asked), strict=True):
        said = find_status(doc, row["acts"])
        best = int(likely.argmax())
        is_stated = any(act[2] == Basis.STATED.value for act in row["acts"])
        least = thresholds.against if is_stated else thresholds.granted
        if best and best != number_of(said) and likely[best] >= least:
            said = STATUSES[best - 1]
            row["acts"] = _replace(row, said, _telling(pairs, signals, best))
        sure.append(float(likely[number_of(said)]))
    return sure


def _telling(pairs: list[Pair], signals: Signals, answer: int) -> Pair:
    """The mention by which a status is likeliest."""
    alone: list[Floats] = signals.find_statuses([[pair] for pair in pairs])
    return max(zip(pairs, alone, strict=True), key=lambda each: float(each[1][answer]))[0]


def _replace(row: dict[str, Any], status: Status, telling: Pair) -> list[list[Any]]:
    """The acts of a row without those that contradict its status, and the one that gives it."""
    kind, polarity = AgreementKind(row["kind"]), Polarity.DONE
    act = _ACT_OF[status]
    if act is ActType.ENTERED_INTO_FORCE and kind is AgreementKind.ACCESSION:
        act = ActType.ACCEDED
    if status is Status.PLANNED and kind in _PLANNED:
        act, polarity = _PLANNED[kind], Polarity.PLANNED
    is_granted = status in _STANDING
    basis = Basis.PRESUPPOSED if is_granted else Basis.STATED
    verb = telling.first if is_granted else telling.second
    kept = [each for each in row["acts"] if each[1] == Polarity.DENIED.value]
    return [*kept, [act.value, polarity.value, basis.value, verb, [], "tagger"]]
