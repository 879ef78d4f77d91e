"""Pairs of what was marked and what was found: each at most once, the best first."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from pipeline.records import Span

Marked_ = TypeVar("Marked_")
Found_ = TypeVar("Found_")


class Pairing(NamedTuple, Generic[Marked_, Found_]):
    """Who was paired with whom, and who was left."""

    pairs: tuple[tuple[Marked_, Found_], ...]
    missed: tuple[Marked_, ...]
    spurious: tuple[Found_, ...]


def make_pairs(
    marked: Sequence[Marked_], found: Sequence[Found_], likeness: Callable[[Marked_, Found_], float]
) -> Pairing[Marked_, Found_]:
    """Pair greedily by likeness, highest first (of equals the first in order); likeness 0 is never a pair."""
    alike = [(likeness(a, b), i, j) for i, a in enumerate(marked) for j, b in enumerate(found)]
    taken: dict[int, int] = {}
    used: set[int] = set()
    for score, i, j in sorted(alike, key=lambda each: (-each[0], each[1], each[2])):
        if score > 0 and i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return Pairing(
        tuple((marked[i], found[j]) for i, j in taken.items()),
        tuple(a for i, a in enumerate(marked) if i not in taken),
        tuple(b for j, b in enumerate(found) if j not in used),
    )


def count_shared(a: Span, b: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def find_closeness(a: Span, b: Span) -> float:
    """Common characters over the stretch from the first to the last of both."""
    return count_shared(a, b) / (max(a.end, b.end) - min(a.start, b.start))


def is_comparable(a: Span, b: Span, *, most: int, times: int) -> bool:
    """Whether the longer span is no net thrown over everything: at most ``most`` characters or ``times`` the shorter."""
    shorter, longer = sorted((a.end - a.start, b.end - b.start))
    return longer <= max(most, times * shorter)


def find_characters(spans: Iterable[Span]) -> frozenset[int]:
    """The offsets that some spans cover."""
    return frozenset(offset for span in spans for offset in range(span.start, span.end))
