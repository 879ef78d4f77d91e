"""Which of all changes stand on the page: at most twenty, each part with its share, the most important first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.brief.page import SectionKey

# One printed page and a half: what is read over a coffee. More is a report, and that is what the register is for.
MOST_LINES = 20

# How many lines a part may have for certain; what it leaves unused goes to the others, from the top of the page down.
# New agreements are what a desk is asked about first; a claim is only said, so it yields to what was done.
SHARES: dict[SectionKey, int] = {
    SectionKey.NEW_AGREEMENTS: 7,
    SectionKey.STATUS_CHANGES: 4,
    SectionKey.NEW_PARTIES: 2,
    SectionKey.DIFFERING_FIGURES: 2,
    SectionKey.NEW_CLAIMS: 3,
    SectionKey.RISING_THEMES: 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A change that may become a line; its quote is cut only once it is chosen."""

    key: SectionKey
    weight: tuple[float, ...]  #: compared within its part, larger first
    record_id: str  #: also decides between equals, so that a brief made twice is the same
    headline: str
    is_named: bool = True
    detail: str = ""
    article_id: str | None = None
    start: int | None = None  #: the words that matter, by their place in the article's text ...
    end: int | None = None
    words: str | None = None  #: ... or by themselves, where the place is not known
    voice: str | None = None  #: who speaks; a part quotes each voice once before it quotes one twice


@dataclass(frozen=True, slots=True)
class Part:
    """The chosen changes of one section."""

    key: SectionKey
    chosen: tuple[Candidate, ...]
    found: int


def choose(candidates: Iterable[Candidate], *, most: int = MOST_LINES) -> tuple[Part, ...]:
    """The parts of a brief, each with its most important changes; ``most`` in all, empty parts left out."""
    parts: dict[SectionKey, list[Candidate]] = {key: [] for key in SectionKey}
    for candidate in candidates:
        parts[candidate.key].append(candidate)
    counts = _share_out({key: len(found) for key, found in parts.items()}, most)
    return tuple(Part(key, tuple(_rank(found)[: counts[key]]), len(found)) for key, found in parts.items() if found)


def _share_out(found: dict[SectionKey, int], most: int) -> dict[SectionKey, int]:
    counts = {key: min(number, SHARES[key]) for key, number in found.items()}
    spare = most - sum(counts.values())
    for key, number in found.items():
        more = min(number - counts[key], max(spare, 0))
        counts[key] += more
        spare -= more
    return counts


def _rank(found: Sequence[Candidate]) -> list[Candidate]:
    ranked = sorted(found, key=lambda candidate: ([-value for value in candidate.weight], candidate.record_id))
    first: list[Candidate] = []
    again: list[Candidate] = []
    heard: set[str] = set()
    for candidate in ranked:
        (again if candidate.voice in heard else first).append(candidate)
        if candidate.voice is not None:
            heard.add(candidate.voice)
    return first + again
