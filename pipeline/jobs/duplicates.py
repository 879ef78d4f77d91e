"""Near-duplicates: each new text is compared to those that may share words with it, and judged with them."""

from collections import OrderedDict
from collections.abc import Sequence

from pipeline.linking.duplicates import LEAST_SHARED, Overlap, Text, find_duplicates, find_runs, make_sketch
from pipeline.store.duplicates import (
    load_current_texts,
    load_overlaps,
    load_unsketched,
    save_duplicates,
    save_overlaps,
    save_sketch,
)
from pipeline.store.locks import lock_register
from pipeline.store.store import Store

# Runs of words that are kept, of the texts last compared: some 60 MB. What comes in together is compared with the same ones.
_MOST_RUNS = 1_000_000
# Texts read at once: of the longest that is 40 MB.
_AT_ONCE = 8


def link_duplicates(store: Store) -> int:
    """Find what the new articles repeat, or what repeats them; returns how many links are new or changed.

    What is known is not compared again; a revision is a new text. Each article is judged with what it shares words with, in
    one transaction: a run that dies has judged what it has compared.
    """
    kept = _KeptRuns(store)
    return sum(_compare(store, article_id, kept) for article_id in load_unsketched(store))


class _KeptRuns:
    """The runs of words of the texts that were compared last."""

    def __init__(self, store: Store) -> None:
        self._store, self._runs, self._size = store, OrderedDict[str, set[int]](), 0

    def load(self, article_ids: Sequence[str]) -> dict[str, set[int]]:
        """Of each of a few articles."""
        found = {each: self._runs[each] for each in article_ids if each in self._runs}
        missing = [each for each in article_ids if each not in found]
        texts = load_current_texts(self._store, missing) if missing else {}
        for article_id, (_, text) in texts.items():
            found[article_id] = find_runs(text)
        for article_id, runs in found.items():
            self.put(article_id, runs)
        return found

    def put(self, article_id: str, runs: set[int]) -> None:
        """Keep those of one article, and forget what was asked for longest ago."""
        self._size += len(runs) - len(self._runs.pop(article_id, ()))
        self._runs[article_id] = runs
        while self._size > _MOST_RUNS:
            self._size -= len(self._runs.popitem(last=False)[1])


def _compare(store: Store, article_id: str, kept: _KeptRuns) -> int:
    """Sketch one article, count what it shares with each candidate, and judge anew what that may change."""
    revision, text = load_current_texts(store, [article_id])[article_id]
    runs = find_runs(text)
    sketch = make_sketch(runs)
    kept.put(article_id, runs)
    others, shared = save_sketch(store, article_id, size=sketch.size, hashes=sketch.hashes), {}
    for start in range(0, len(others), _AT_ONCE):
        for other_id, other in kept.load(others[start : start + _AT_ONCE]).items():
            if (number := len(runs & other)) >= LEAST_SHARED:
                shared[other_id] = number
    with store.begin() as connection:
        lock_register(connection)
        around = save_overlaps(connection, article_id, revision=revision, shared=shared)
        texts, overlaps = load_overlaps(connection, around)
        found = find_duplicates([Text(**each) for each in texts], [Overlap(**each) for each in overlaps])
        return save_duplicates(connection, [dict(each) for each in found], around)
