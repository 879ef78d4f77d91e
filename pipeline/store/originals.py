"""How many articles are behind something, where some of them repeat others: pure, made of what linking found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple


class Originals(NamedTuple):
    """Which article stands for which, and who repeats whom.

    Example: of an agency's story, its copy and a digest of it and another story, the story and the other one are
    independent; so are the digest and an article it did not use::

        originals.count(["story", "copy", "digest", "other"]) == 2
    """

    #: of each copy, the one article that stands for all copies of one text
    stands_for: Mapping[str, str] = MappingProxyType({})
    #: of each part or digest (or who stands for it), those it is taken from
    taken_from: Mapping[str, frozenset[str]] = MappingProxyType({})

    def of(self, article_id: str) -> str:
        """The article that stands for this one: itself, where it is no copy."""
        return self.stands_for.get(article_id, article_id)

    def count(self, article_ids: Iterable[str]) -> int:
        """How many of these articles repeat none of the others; copies of one text are one, nothing is none."""
        texts = {self.of(article_id) for article_id in article_ids}
        # At least one: parts and copies that are each other's in a circle still are somebody's words.
        return sum(not self.taken_from.get(text, frozenset()) & texts for text in texts) or min(len(texts), 1)

    def has_circle(self, article_ids: Iterable[str]) -> bool:
        """Whether some of these articles are taken from each other, over however many others of them."""
        texts = {self.of(article_id) for article_id in article_ids}
        within = {text: self.taken_from[text] & texts for text in texts if text in self.taken_from}
        while free := {text for text, sources in within.items() if within.keys().isdisjoint(sources)}:
            within = {text: sources for text, sources in within.items() if text not in free}
        return bool(within)


def find_originals(duplicates: Iterable[tuple[str, str, str]]) -> Originals:
    """From what was found, as (article, the one it repeats, kind)."""
    found = list(duplicates)
    stands_for = _join_copies((one, other) for one, other, kind in found if kind == "copy")
    taken_from: dict[str, set[str]] = defaultdict(set)
    for one, other, kind in found:
        mine, theirs = stands_for.get(one, one), stands_for.get(other, other)
        if kind != "copy" and mine != theirs:
            taken_from[mine].add(theirs)
    return Originals(stands_for, {article_id: frozenset(others) for article_id, others in taken_from.items()})


def _join_copies(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of each article in a group of copies, the one that is a copy of none (of several the smallest id)."""
    near: dict[str, set[str]] = defaultdict(set)
    later = set()
    for copy, original in pairs:
        near[copy].add(original)
        near[original].add(copy)
        later.add(copy)
    stands_for: dict[str, str] = {}
    for start in sorted(near, key=lambda each: (each in later, each)):
        waiting = [start]
        while waiting:
            article_id = waiting.pop()
            if article_id not in stands_for:
                stands_for[article_id] = start
                waiting.extend(near[article_id])
    return stands_for
