"""Which theme of a new clustering is which of before: ids are carried over by overlap, and what became of each is said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.optimize import linear_sum_assignment

# Below a tenth of either side two themes have strangers in common, no history.
_SHARE = 0.1
# A name that a person gave is worth more than size: of two themes that become one, the named one stays.
_NAMED = 2.0


class Fate(StrEnum):
    """What became of a theme."""

    FOUNDED = "founded"  #: it is new
    KEPT = "kept"  #: it goes on under its id
    SPLIT = "split"  #: a part of it is a theme of its own now
    MERGED = "merged"  #: most of it is part of another theme now
    ENDED = "ended"  #: it is a theme no more


@dataclass(frozen=True, slots=True)
class ThemeEvent:
    """What happened to a theme, and why."""

    fate: Fate
    theme_id: str
    other_id: str | None  #: of a split the theme that it came from, of a merge the one that it is part of now
    members: int  #: that tell so
    reason: str


def carry_over(
    old: Mapping[str, Collection[str]], new: Sequence[Collection[str]], *, named: Collection[str] = ()
) -> list[str | None]:
    """For each new theme the id of the old one that it continues, or None: most members in common over all, one to one.

    Args:
        old: members of each theme there was, by its id.
        new: members of each theme there is.
        named: ids of themes whose name a person gave.
    """
    ids = sorted(old)
    if not ids or not new:
        return [None] * len(new)
    weights = np.zeros((len(new), len(ids)))
    for (row, column), shared in _count_shared(ids, old, new).items():
        enough = _SHARE * max(1, min(len(old[ids[column]]), len(new[row])))
        weights[row, column] = shared * (_NAMED if ids[column] in named else 1.0) if shared >= enough else 0.0
    pairs = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    found: list[str | None] = [None] * len(new)
    for row, column in pairs:
        if weights[row, column] > 0:
            found[row] = ids[column]
    return found


def explain(old: Mapping[str, Collection[str]], new: Mapping[str, Collection[str]]) -> list[ThemeEvent]:
    """What became of each old theme and where each new one came from, old ones first, by id.

    Args:
        old: members of each theme there was, by its id.
        new: members of each theme there is, by the id it bears now.
    """
    shared = {
        (sorted(new)[row], sorted(old)[column]): number
        for (row, column), number in _count_shared(sorted(old), old, [new[each] for each in sorted(new)]).items()
    }
    return [_tell_old(each, old, new, shared) for each in sorted(old)] + [
        _tell_new(each, old, new, shared) for each in sorted(new) if each not in old
    ]


def _tell_old(
    theme_id: str,
    old: Mapping[str, Collection[str]],
    new: Mapping[str, Collection[str]],
    shared: Mapping[tuple[str, str], int],
) -> ThemeEvent:
    size = len(old[theme_id])
    if theme_id in new:
        number = shared.get((theme_id, theme_id), 0)
        return ThemeEvent(
            Fate.KEPT,
            theme_id,
            None,
            number,
            f"{number} of its {size} members are in it still, of {len(new[theme_id])}",
        )
    found = {each: number for (each, other), number in shared.items() if other == theme_id}
    heir = min(found, key=lambda each: (-found[each], each), default=None)
    if heir is not None and found[heir] * 2 > size:
        return ThemeEvent(
            Fate.MERGED, theme_id, heir, found[heir], f"{found[heir]} of its {size} members are in it now"
        )
    return ThemeEvent(
        Fate.ENDED, theme_id, heir, size, f"its {size} members are in {len(found)} other themes or in none now"
    )


def _tell_new(
    theme_id: str,
    old: Mapping[str, Collection[str]],
    new: Mapping[str, Collection[str]],
    shared: Mapping[tuple[str, str], int],
) -> ThemeEvent:
    size = len(new[theme_id])
    found = {other: number for (each, other), number in shared.items() if each == theme_id}
    origin = min(found, key=lambda other: (-found[other], other), default=None)
    if origin is not None and found[origin] * 2 > size:
        number = found[origin]
        return ThemeEvent(
            Fate.SPLIT, theme_id, origin, number, f"{number} of its {size} members were among {len(old[origin])} there"
        )
    return ThemeEvent(Fate.FOUNDED, theme_id, None, size, f"most of its {size} members were in no one theme before")


def _count_shared(
    ids: Sequence[str], old: Mapping[str, Collection[str]], new: Sequence[Collection[str]]
) -> dict[tuple[int, int], int]:
    """How many members the pairs (number of the new, number of the old) have in common; pairs without any are left out."""
    homes = {member: column for column, each in enumerate(ids) for member in old[each]}
    shared: dict[tuple[int, int], int] = {}
    for row, members in enumerate(new):
        for member in members:
            if member in homes:
                pair = row, homes[member]
                shared[pair] = shared.get(pair, 0) + 1
    return shared
