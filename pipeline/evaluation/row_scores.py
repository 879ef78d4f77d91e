"""How right the agreements of one article are: found, named, with their parties, kind, status, date, acts, figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.enumerations import PartyRole
from pipeline.evaluation.confidence import count_confidence
from pipeline.evaluation.names import find_actor, fold_name, is_same_agreement
from pipeline.evaluation.pairing import Pairing, count_shared, find_closeness, is_comparable, make_pairs
from pipeline.evaluation.records import GoldAgreement
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
    return RowVerdict(
        name=marked.name is None or is_same_agreement(marked.names, found.name),
        actors=find_marked_actors(marked) == find_found_actors(found),
        roles=_find_marked_roles(marked) == _find_found_roles(found),
        kind=found.kind in {marked.kind, *marked.kind_alt},
        status=found.status in {marked.status, *marked.status_alt},
    )


def find_marked_actors(row: GoldAgreement) -> set[str]:
    """The actors of a marked agreement, as they are compared."""
    return {find_actor(party.actor) for party in row.actors}


def find_found_actors(row: Agreement) -> set[str]:
    """The actors of a found agreement, as they are compared."""
    return {find_actor(party.entity) for party in row.parties}


def _find_marked_roles(row: GoldAgreement) -> set[tuple[str, str]]:
    return {(find_actor(party.actor), _fold_role(party.role)) for party in row.actors}


def _find_found_roles(row: Agreement) -> set[tuple[str, str]]:
    return {(find_actor(party.entity), _fold_role(party.role)) for party in row.parties}


def _fold_role(role: PartyRole) -> PartyRole:
    """Party and member are told apart by the kind of agreement, not by the text: they count as one."""
    return PartyRole.PARTY if role is PartyRole.MEMBER else role


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
        counts.update(_count_parties(a, b))
        counts.update(_count_dates(a, b))
        counts.update(_count_details(a, b))
        right |= {b.id} if verdict.is_right else set()
    counts.update(count_confidence("row", ((row.confidence, row.id in right) for row in found)))
    return counts


def _count_parties(a: GoldAgreement, b: Agreement) -> Counter[str]:
    return _overlap("party", find_marked_actors(a), find_found_actors(b)) + _overlap(
        "role", _find_marked_roles(a), _find_found_roles(b)
    )


def _count_dates(a: GoldAgreement, b: Agreement) -> Counter[str]:
    """A date is exact where it is the marked one, lenient where one is a prefix of the other (2025, 2025-09)."""
    found = int(b.date is not None)
    if a.date is None:
        return Counter({"date.found": found})
    accepted = (a.date, *a.date_alt)
    is_near = b.date is not None and any(day.startswith(b.date) or b.date.startswith(day) for day in accepted)
    return Counter(
        {"date.gold": 1, "date.found": found, "date.exact": int(b.date in accepted), "date.lenient": int(is_near)}
    )


def _count_details(a: GoldAgreement, b: Agreement) -> Counter[str]:
    counts = _overlap("act", ((x.act, x.polarity) for x in a.acts), ((x.act, x.polarity) for x in b.acts))
    counts += _overlap(
        "act_dated", ((x.act, x.polarity, x.date) for x in a.acts), ((x.act, x.polarity, x.date) for x in b.acts)
    )
    counts += _overlap("figure", (f.value for f in a.figures), (f.value for f in b.figures))
    counts += _overlap(
        "figure_named",
        ((fold_name(f.name), f.value) for f in a.figures),
        ((fold_name(f.name), f.value) for f in b.figures),
    )
    return counts + _overlap("due", (d.date for d in a.due), (d.date for d in b.due))


def _overlap(name: str, marked: Iterable[object], found: Iterable[object]) -> Counter[str]:
    """How many are marked, found, and both; what stands twice counts twice."""
    ours, theirs = Counter(marked), Counter(found)
    return Counter(
        {f"{name}.gold": ours.total(), f"{name}.found": theirs.total(), f"{name}.right": (ours & theirs).total()}
    )
