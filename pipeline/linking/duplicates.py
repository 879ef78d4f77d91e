"""Which articles repeat which: copies, parts and digests, told by the runs of words they share.

Pure, in three steps: a text to its *sketch* (:func:`make_sketch`), by which a store finds what may share words with it; two
texts to the number of runs they share (:func:`count_shared`); all such numbers to what repeats what
(:func:`find_duplicates`). A repetition is linked, never dropped: it has an address, a date and readers of its own.

A run is four consecutive words, compared as letters and digits without case. The sketch is a MinHash that keeps all hashes
below a bound ("FracMinHash") instead of a fixed number: with a fixed number a teaser and its article look unlike, since most
of the article's smallest hashes are not the teaser's. It only finds candidates; what is judged is counted exactly.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from pipeline.records import Confidence, Record

RUN = 4  #: words; of three, phrases of office ("the minister of defence") are shared by all, of five, each edit costs more

# Half of the hashes: twelve runs in common leave less than two in 3 of 1,000 pairs, and a sketch of 600 words has 2.4 kB.
_BOUND = 2**64 // 2
# The lowest ones of a very long text (over 10,000 words) are enough to meet its parts, and an index can hold them.
_LARGEST_SKETCH = 5_000
# Below these many runs in common (15 words) even a copied sentence is a quotation, not a repetition.
LEAST_SHARED = 12
# Jaccard similarity. Of the 2.5 million pairs of 2,225 BBC articles 161 lie above .7 (the same story twice), 8 between .5 and
# .7, 37 between .2 and .5 (a later story that keeps paragraphs of an earlier one), all others below.
_COPY = 0.7
# Share of the shorter text: in the same pairs, versions of one story; those between .4 and .6 are new stories on old ground.
_PART = 0.6
# A digest is made of what others wrote: at least half of it, from at least two of them.
_DIGEST = 0.5

_WORD = re.compile(r"\w+")


class Sketch(NamedTuple):
    """What a text is found by: a sample of the hashes of its runs, ascending; below 2**63, so they fit a signed integer."""

    size: int  #: distinct runs of the whole text
    hashes: tuple[int, ...]


class Text(Record):
    """What judging needs of one article."""

    article_id: str
    size: int  #: of its sketch
    published: str | None
    first_seen: datetime


class Overlap(Record):
    """How many runs two articles share."""

    article_id: str
    other_id: str
    shared: int


class Duplicate(Record):
    """One article repeats another.

    ``copy``: the same text, perhaps edited; ``part``: a teaser, an excerpt, or the shorter of two versions; ``digest``: it is put
    together from several others, of which this is one.
    """

    article_id: str  #: what repeats: of copies the later one, of parts the shorter one, else the digest
    other_id: str  #: what is repeated
    kind: Literal["copy", "part", "digest"]
    score: (
        Confidence  #: Jaccard similarity of a copy; the share of the part, or of the digest, that stands in the other
    )


def make_sketch(runs: Collection[int]) -> Sketch:
    """The sketch of a text by its runs (:func:`find_runs`); of one with fewer than four words it is empty."""
    low = sorted(each for each in runs if each < _BOUND)[:_LARGEST_SKETCH]
    return Sketch(size=len(runs), hashes=tuple(low))


def count_shared(text: str, other: str) -> int:
    """How many distinct runs two texts have in common."""
    return len(find_runs(text) & find_runs(other))


def find_duplicates(texts: Iterable[Text], overlaps: Iterable[Overlap]) -> list[Duplicate]:
    """What repeats what, sorted by ids.

    A digest is looked for first: the short article that stands whole in it is then not a part of it, but its source. Of
    copies the one published first is the original; without dates, the one that came in first.
    """
    by_id = {text.article_id: text for text in texts}
    pairs = [
        each for each in overlaps if each.shared >= LEAST_SHARED and {each.article_id, each.other_id} <= by_id.keys()
    ]
    copies = [pair for pair in pairs if _similarity(pair, by_id) >= _COPY]
    others = [pair for pair in pairs if _similarity(pair, by_id) < _COPY]
    digests = _find_digests(others, by_id, related={frozenset((each.article_id, each.other_id)) for each in pairs})
    parts = _find_parts(others, by_id, digests={each.article_id for each in digests})
    found = [*(_make_copy(pair, by_id) for pair in copies), *digests, *parts]
    return sorted(found, key=lambda each: (each.article_id, each.other_id))


def find_runs(text: str) -> set[int]:
    """The hashes of a text's distinct runs: what two texts have in common is in both; for who compares one with many."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs}


def _similarity(pair: Overlap, texts: Mapping[str, Text]) -> float:
    return pair.shared / (texts[pair.article_id].size + texts[pair.other_id].size - pair.shared)


def _make_copy(pair: Overlap, texts: Mapping[str, Text]) -> Duplicate:
    first, later = sorted((texts[pair.article_id], texts[pair.other_id]), key=_age)
    score = round(_similarity(pair, texts), 3)
    return Duplicate(article_id=later.article_id, other_id=first.article_id, kind="copy", score=score)


def _age(text: Text) -> tuple[bool, str, datetime, str]:
    return text.published is None, text.published or "", text.first_seen, text.article_id


def _find_digests(
    pairs: Iterable[Overlap], texts: Mapping[str, Text], *, related: Collection[frozenset[str]]
) -> list[Duplicate]:
    """Articles of which at least half stands in at least two others that share nothing among themselves."""
    shared: dict[str, dict[str, int]] = defaultdict(dict)
    for pair in pairs:
        shared[pair.article_id][pair.other_id] = shared[pair.other_id][pair.article_id] = pair.shared
    found: dict[tuple[str, str], float] = {}
    for article_id, numbers in shared.items():
        text = texts[article_id]
        sources = {each: number for each, number in numbers.items() if _may_be_source(texts[each], text)}
        distinct = _find_distinct(sources, related)
        size, most = text.size, max(sources.values(), default=0)
        # What stands in one of them for the most part is a part of that one, whatever else it has.
        if len(distinct) >= 2 and sum(sources[each] for each in distinct) >= _DIGEST * size and most < _PART * size:
            found |= {(article_id, each): round(number / size, 3) for each, number in sources.items()}
    return [
        Duplicate(article_id=digest, other_id=source, kind="digest", score=score)
        for (digest, source), score in found.items()
        # Two rounds of one rolling story may each look made of the other: the later one is.
        if (source, digest) not in found or _age(texts[source]) < _age(texts[digest])
    ]


def _may_be_source(source: Text, digest: Text) -> bool:
    return source.published is None or digest.published is None or source.published <= digest.published


def _find_distinct(sources: Mapping[str, int], related: Collection[frozenset[str]]) -> list[str]:
    """The sources without those that share words with a larger one: copies and versions of one are one."""
    distinct: list[str] = []
    for source in sorted(sources, key=lambda each: (-sources[each], each)):
        if not any(frozenset((source, chosen)) in related for chosen in distinct):
            distinct.append(source)
    return distinct


def _find_parts(pairs: Iterable[Overlap], texts: Mapping[str, Text], *, digests: set[str]) -> list[Duplicate]:
    found = []
    for pair in pairs:
        part, whole = sorted(
            (texts[pair.article_id], texts[pair.other_id]), key=lambda text: (text.size, text.article_id)
        )
        score = pair.shared / part.size
        if score >= _PART and not digests & {part.article_id, whole.article_id}:
            found.append(
                Duplicate(article_id=part.article_id, other_id=whole.article_id, kind="part", score=round(score, 3))
            )
    return found
