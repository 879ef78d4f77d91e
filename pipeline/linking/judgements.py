"""What people's merges and splits mean for one observation: in which rows it belongs, and in which it may not stand."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from pipeline.linking.rows import Said

_Pairs = Collection[tuple[str, str]]


def list_asked(same: _Pairs, apart: _Pairs) -> set[str]:
    """All observations that the judgements name: their rows have to be known."""
    return {each for pair in (*same, *apart) for each in pair}


def find_said(agreement_id: str, *, same: _Pairs, apart: _Pairs, rows: Mapping[str, str]) -> Said:
    """What people said of an observation, by the rows that the others of their judgements stand in.

    What is said to be one is one through others too; what is said to be apart is apart from all that the other is one with,
    unless a person said of the two themselves that they are one.

    Args:
        agreement_id: of the observation.
        same: pairs that are one; closed under what they lead to.
        apart: pairs that are not.
        rows: the row of each observation that stands in one.
    """
    joined = _reach(agreement_id, same)
    away = {other for one, other in _both_ways(apart) if one == agreement_id}
    away |= {other for one, other in _both_ways(apart) if one in joined and other not in joined}
    wanted = Counter(rows[each] for each in sorted(joined - {agreement_id} - away) if each in rows)
    barred = frozenset(rows[each] for each in away if each in rows)
    ordered = sorted(wanted, key=lambda row_id: (-wanted[row_id], row_id))
    return Said(tuple(ordered), barred)


def _reach(start: str, same: _Pairs) -> set[str]:
    reached, frontier = {start}, {start}
    while frontier:
        frontier = {other for one, other in _both_ways(same) if one in frontier} - reached
        reached |= frontier
    return reached


def _both_ways(pairs: _Pairs) -> Iterable[tuple[str, str]]:
    for one, other in pairs:
        yield one, other
        yield other, one
