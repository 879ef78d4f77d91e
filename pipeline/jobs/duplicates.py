"""Near-duplicates: each new text is compared to those that may share words with it, and judged with them."""

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


def link_duplicates(store: Store) -> int:
    """Find what the new articles repeat, or what repeats them; returns how many links are new or changed.

    What is known is not compared again; a revision is a new text. Each article is judged with what it shares words with, in
    one transaction: a run that dies has judged what it has compared.
    """
    return sum(_compare(store, article_id) for article_id in load_unsketched(store))


def _compare(store: Store, article_id: str) -> int:
    """Sketch one article, count what it shares with each candidate, and judge anew what that may change."""
    revision, text = load_current_texts(store, [article_id])[article_id]
    sketch = make_sketch(text)
    runs, shared = find_runs(text), {}
    for other_id in save_sketch(store, article_id, size=sketch.size, hashes=sketch.hashes):
        # One text at a time: fifty of the longest would be a quarter of a gigabyte.
        other = load_current_texts(store, [other_id])[other_id][1]
        if (number := len(runs & find_runs(other))) >= LEAST_SHARED:
            shared[other_id] = number
    with store.begin() as connection:
        lock_register(connection)
        around = save_overlaps(connection, article_id, revision=revision, shared=shared)
        texts, overlaps = load_overlaps(connection, around)
        found = find_duplicates([Text(**each) for each in texts], [Overlap(**each) for each in overlaps])
        return save_duplicates(connection, [dict(each) for each in found], around)
