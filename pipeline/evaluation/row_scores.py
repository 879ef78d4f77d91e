"""How right the agreements of one article are: found, named, with their parties, kind, status, date, acts, figures."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.evaluation.confidence import count_confidence
from pipeline.evaluation.facets import count_missed, count_pair, count_spurious, list_found, list_marked
from pipeline.evaluation.names import is_same_agreement
from pipeline.evaluation.pairing import Pairing, count_shared, find_closeness, is_comparable, make_pairs
from pipeline.gold.records import GoldAgreement
from pipeline.records import Agreement, Span

# A mention that covers half of the shorter one is the same mention, unless it is a net thrown over a paragraph.
_LEAST_COVER = 0.5
_MOST_CHARACTERS = 160
_MOST_TIMES = 3
_NAME_WEIGHT = 2  # the right name counts for more than any overlap, which is at most 1


class RowVerdict(NamedTuple):
    """What is right in one found agreement, measured on the marked one it was paired with."""

    name: bool
    actors: bool
    roles: bool
    kind: bool
    status: bool

    @property
    def is_right(self) -> bool:
        """A register row that an analyst can leave as it is."""
        return self.name and self.actors and self.status

    @property
    def is_strictly_right(self) -> bool:
        """The same with every actor in its role."""
        return self.name and self.roles and self.status


def pair_rows(marked: Sequence[GoldAgreement], found: Sequence[Agreement]) -> Pairing[GoldAgreement, Agreement]:
    """Pair agreements by name, label or alias, or by mentions that overlap."""
    return make_pairs(marked, found, _find_likeness)


def _find_likeness(a: GoldAgreement, b: Agreement) -> float:
    best = max((_find_cover(s, t) for s in a.mentions for t in b.mentions), default=0.0)
    return _NAME_WEIGHT * is_same_agreement(a.names, b.name) + best


def _find_cover(a: Span, b: Span) -> float:
    shared = count_shared(a, b)
    if not shared or shared < _LEAST_COVER * min(a.end - a.start, b.end - b.start):
        return 0.0
    return find_closeness(a, b) if is_comparable(a, b, most=_MOST_CHARACTERS, times=_MOST_TIMES) else 0.0


def judge_row(marked: GoldAgreement, found: Agreement) -> RowVerdict:
    """Compare a pair field by field; an agreement without a name needs none."""
    ours, theirs = list_marked(marked), list_found(found)
    return RowVerdict(
        name=marked.name is None or is_same_agreement(marked.names, found.name),
        actors=ours["party"] == theirs["party"],
        roles=ours["role"] == theirs["role"],
        kind=found.kind in {marked.kind, *marked.kind_alt},
        status=found.status in {marked.status, *marked.status_alt},
    )


def count_rows(marked: Sequence[GoldAgreement], found: Sequence[Agreement]) -> Counter[str]:
    """What is added up over articles for the measures of agreements."""
    counts = Counter({"row.gold": len(marked), "row.found": len(found)})
    pairing = pair_rows(marked, found)
    right: set[str] = set()
    for a, b in pairing.pairs:
        verdict = judge_row(a, b)
        counts["row.paired"] += 1
        for field, is_right in verdict._asdict().items():
            counts[f"row.{field}"] += is_right
        counts["row.right"] += verdict.is_right
        counts["row.strict"] += verdict.is_strictly_right
        counts.update(_count_dates(a, b))
        counts.update(count_pair(a, b))
        right |= {b.id} if verdict.is_right else set()
    for a in pairing.missed:
        counts.update(count_missed(a))
    for b in pairing.spurious:
        counts.update(count_spurious(b))
    counts.update(count_confidence("row", ((row.confidence, row.id in right) for row in found)))
    return counts


def _count_dates(a: GoldAgreement, b: Agreement) -> Counter[str]:
    """A date is exact where it is the marked one, lenient where one is a prefix of the other (2025, 2025-09)."""
    if a.date is None or b.date is None:
        return Counter()
    accepted = (a.date, *a.date_alt)
    is_near = any(day.startswith(b.date) or b.date.startswith(day) for day in accepted)
    return Counter({"date.exact": int(b.date in accepted), "date.lenient": int(is_near)})
