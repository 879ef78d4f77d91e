"""Two runs compared: what they extracted from the articles that both have read, counted and listed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from pipeline.exports.differences import KINDS, KindDiff, RecordChange, RunDiff, compare_extractions, find_records
from pipeline.store.past import Pair, load_pairs
from pipeline.store.runs import load_run
from pipeline.store.store import Store


def diff_runs(store: Store, before: str | None, after: str, *, limit: int = 50) -> RunDiff:
    """Compare what two runs made, by their ids or the beginnings of them.

    Args:
        store: the open store.
        before: the earlier run; None: what ``after`` found in its place.
        after: the later run.
        limit: how many changed records to list; all are counted.

    Raises:
        NotFoundError: there is no such run.
    """
    old = None if before is None else load_run(store, before).id
    new = load_run(store, after).id
    tally = _Tally()
    changes = tally.count(load_pairs(store, old, new))
    listed = tuple(islice(changes, limit))
    for _ in changes:  # the rest is counted
        pass
    return RunDiff(before=old, after=new, kinds=tally.kinds(), changes=listed, **tally.articles)


class _Tally:
    """Counts changes while they pass by."""

    def __init__(self) -> None:
        self.articles = Counter[str]()
        self._numbers: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        self._fields: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}

    def count(self, pairs: Iterable[Pair]) -> Iterator[RecordChange]:
        for pair in pairs:
            if pair.before is None or pair.after is None:
                self.articles["only_after" if pair.before is None else "only_before"] += 1
                continue
            self.articles.update(articles=1, revised=int(pair.is_revised))
            for kind in KINDS:
                sizes = {"before": len(find_records(pair.before, kind)), "after": len(find_records(pair.after, kind))}
                self._numbers[kind].update(sizes)
            for change in compare_extractions(pair.before, pair.after, is_revised=pair.is_revised):
                self._numbers[change.kind][change.change] += 1
                self._fields[change.kind].update(field.name for field in change.fields)
                yield change

    def kinds(self) -> tuple[KindDiff, ...]:
        return tuple(
            KindDiff(kind=kind, **self._numbers[kind], fields=dict(self._fields[kind].most_common())) for kind in KINDS
        )
