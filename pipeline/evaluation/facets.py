"""What an agreement has several of, and its date: compared as bags of values, what stands twice counts twice.

On pairs this says how well the fields are read where an agreement was found; *overall* (what was missed or is spurious
counts with all it has) how much of the register is right. Only the second cannot fall by finding more.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from pipeline.enumerations import PartyRole
from pipeline.evaluation.names import find_actor, fold_name
from pipeline.gold.records import GoldAgreement
from pipeline.records import Agreement

FACETS = ("party", "role", "date", "act", "act_dated", "figure", "figure_named", "due")

Facets = Mapping[str, Iterable[Hashable]]


def list_marked(row: GoldAgreement) -> Facets:
    """What a marked agreement has."""
    return {
        "party": {find_actor(party.actor) for party in row.actors},
        "role": {(find_actor(party.actor), _fold_role(party.role)) for party in row.actors},
        "date": [row.date] if row.date else [],
        "act": [(act.act, act.polarity) for act in row.acts],
        "act_dated": [(act.act, act.polarity, act.date) for act in row.acts],
        "figure": [figure.value for figure in row.figures],
        "figure_named": [(fold_name(figure.name), figure.value) for figure in row.figures],
        "due": [due.date for due in row.due],
    }


def list_found(row: Agreement, *, marked: GoldAgreement | None = None) -> Facets:
    """What a found agreement has; a date that the mark accepts too is taken for the marked one."""
    date = marked.date if marked is not None and row.date in marked.date_alt else row.date
    return {
        "party": {find_actor(party.entity) for party in row.parties},
        "role": {(find_actor(party.entity), _fold_role(party.role)) for party in row.parties},
        "date": [date] if date else [],
        "act": [(act.act, act.polarity) for act in row.acts],
        "act_dated": [(act.act, act.polarity, act.date) for act in row.acts],
        "figure": [figure.value for figure in row.figures],
        "figure_named": [(fold_name(figure.name), figure.value) for figure in row.figures],
        "due": [due.date for due in row.due],
    }


def _fold_role(role: PartyRole) -> PartyRole:
    """Party and member are told apart by the kind of agreement, not by the text: they count as one."""
    return PartyRole.PARTY if role is PartyRole.MEMBER else role


def count_pair(marked: GoldAgreement, found: Agreement) -> Counter[str]:
    """What a pair adds to the figures on pairs and overall."""
    counts = _count(list_marked(marked), list_found(found, marked=marked))
    return counts + _rename(counts)


def count_missed(marked: GoldAgreement) -> Counter[str]:
    """What a missed agreement adds to the figures overall."""
    return _rename(_count(list_marked(marked), {}))


def count_spurious(found: Agreement) -> Counter[str]:
    """What a spurious agreement adds to the figures overall."""
    return _rename(_count({}, list_found(found)))


def _count(marked: Facets, found: Facets) -> Counter[str]:
    counts: Counter[str] = Counter()
    for facet in FACETS:
        ours, theirs = Counter(marked.get(facet, ())), Counter(found.get(facet, ()))
        counts[f"{facet}.gold"] = ours.total()
        counts[f"{facet}.found"] = theirs.total()
        counts[f"{facet}.right"] = (ours & theirs).total()
    return counts


def _rename(counts: Counter[str]) -> Counter[str]:
    """``party.gold`` → ``party_overall.gold``."""
    return Counter({name.replace(".", "_overall.", 1): number for name, number in counts.items()})
